import { raw } from '../../../db/index.js'

/** How many rows the larger tables have. */
export const WORKSHOP_COUNTS = {
  customers: 1_200,
  bicycles: 1_500,
  jobs: 4_000,
  jobLines: 9_000,
  bookings: 2_500,
  pickups: 400,
  stampCards: 700,
} as const

const N = WORKSHOP_COUNTS
/** The contacts of company and staff come first. */
const FIRST_CUSTOMER = 5

/** Customers and all they brought, made by arithmetic: the same every time. */
export const BUSINESS_ROWS = raw(`
INSERT INTO workshop_service (name, description, category, price_cents, minutes, active) VALUES
  ('Small tune-up', 'Brakes, gears and tyre pressure', 'tune', 3900, 30, true),
  ('Large tune-up', 'The small one, and wheels trued', 'tune', 8900, 75, true),
  ('Winter check', 'Lights, chain and tyres before the snow', 'tune', 4950, 40, true),
  ('Puncture', 'New inner tube included', 'repair', 1650, 20, true),
  ('New chain', NULL, 'repair', 3475, 25, true),
  ('Brake pads', 'One wheel', 'repair', 2290, 20, true),
  ('Gear cable', NULL, 'repair', 2550, 30, true),
  ('Spoke replacement', 'Up to three spokes', 'repair', 2800, 35, true),
  ('Wheel truing', NULL, 'repair', 1995, 25, true),
  ('Wash', 'By hand, with a smile', 'wash', 1200, 15, true),
  ('Saddle fitting', NULL, 'fit', 5500, 60, true),
  ('Dynamo lamp', 'Retired', 'fit', 4400, 45, false);
INSERT INTO workshop_tag (name, color) VALUES ('Express', 1), ('Warranty', 2), ('Second hand', 3), ('Club member', 4);
INSERT INTO res_partner (name, display_name, ref, lang, active, type, is_company, street, zip, city, country_id, email, phone)
  SELECT who.name, who.name, 'C' || lpad(n::text, 5, '0'), (ARRAY['en_US', 'fr_FR', 'de_DE'])[1 + n % 3], n % 97 <> 0, 'contact',
         who.is_company, who.street, (1000 + n * 7 % 8999)::text, (ARRAY['Ghent', 'Lille', 'Aachen', 'Bruges', 'Antwerp'])[1 + n % 5],
         (ARRAY[1, 2, 3, 1, 1])[1 + n % 5], 'customer' || n || '@mail.example', '+32 9 ' || lpad((n * 131 % 1000000)::text, 6, '0')
    FROM generate_series(1, ${N.customers}) n
   CROSS JOIN LATERAL (
     SELECT n % 40 = 0 AS is_company,
            CASE WHEN n % 40 = 0 THEN 'Courier Club ' || n / 40
                 WHEN n % 61 = 0 THEN (ARRAY['Cher', 'Zola', 'Bowie'])[1 + n % 3]
                 ELSE (ARRAY['Anna', 'Bram', 'Chloé', 'Dirk', 'Elif', 'Finn', 'Greta', 'Hugo', 'Inès', 'Jonas', 'Karim', 'Lotte'])[1 + n % 12]
                   || ' ' || (ARRAY['Maes', 'Dubois', 'van den Berg', 'Schmitz', 'O''Neill', 'De Smet', 'Lefèvre', 'Yılmaz', 'Nowak', 'Øberg', 'Claes'])[1 + n % 11]
            END AS name,
            CASE WHEN n % 50 = 0 THEN NULL
                 ELSE (1 + n % 180) || CASE WHEN n % 9 = 0 THEN 'b' ELSE '' END || ' ' ||
                      (ARRAY['Canal Street', 'Mill Road', 'Rue du Pont', 'Am Markt', 'Tower Square'])[1 + n % 5] END AS street) who
   ORDER BY n;
UPDATE res_partner SET commercial_partner_id = id;
INSERT INTO workshop_bicycle (name, frame_number, owner_id, kind, year, active)
  SELECT (ARRAY['Gazelle', 'Swallow', 'Badger', 'Heron', 'Otter', 'Fox'])[1 + n % 6] || ' ' || (100 + n % 7 * 50),
         'FN' || lpad((n * 7919 % 1000003)::text, 7, '0'), ${FIRST_CUSTOMER} + (n * 37) % ${N.customers},
         (ARRAY['city', 'road', 'cargo', 'electric'])[1 + n % 4], 2005 + n % 20, true
    FROM generate_series(1, ${N.bicycles}) n ORDER BY n;
INSERT INTO workshop_job (name, bicycle_id, customer_id, mechanic_id, state, received_on, returned_on, note)
  SELECT 'J' || lpad(n::text, 5, '0'), b.id, b.owner_id, 2 + n % 2,
         CASE WHEN n % 37 = 0 THEN 'void' WHEN n > ${N.jobs} - 60 THEN 'new' WHEN n > ${N.jobs} - 140 THEN 'wip'
              WHEN n > ${N.jobs} - 200 THEN 'ok' ELSE 'gone' END,
         date '2022-01-03' + n / 4, CASE WHEN n % 37 <> 0 AND n <= ${N.jobs} - 200 THEN date '2022-01-05' + n / 4 END,
         CASE WHEN n % 11 = 0 THEN 'Call before noon; the bell (ding!) is a gift — don''t lose it.' END
    FROM generate_series(1, ${N.jobs}) n JOIN workshop_bicycle b ON b.id = 1 + n * 13 % ${N.bicycles} ORDER BY n;
INSERT INTO workshop_job_line (job_id, service_id, quantity, price_cents)
  SELECT 1 + n % ${N.jobs}, s.id, 1 + (n % 9 = 0)::int, s.price_cents - (n % 20 = 0)::int * 150
    FROM generate_series(1, ${N.jobLines}) n JOIN workshop_service s ON s.id = 1 + n * 5 % 12 ORDER BY n;
UPDATE workshop_job j SET total_cents = l.total
  FROM (SELECT job_id, sum(quantity * price_cents) AS total FROM workshop_job_line GROUP BY job_id) l WHERE l.job_id = j.id;
INSERT INTO workshop_job_tag_rel (job_id, tag_id)
  SELECT n, 1 + n / 5 % 4 FROM generate_series(5, ${N.jobs}, 5) n ORDER BY n;
INSERT INTO workshop_pricelist (name, active, valid_from) VALUES
  ('Public prices', true, '2022-01-01'), ('Club members', true, '2022-01-01'), ('Couriers', true, '2023-06-01');
INSERT INTO workshop_pricelist_item (pricelist_id, service_id, price_cents)
  SELECT p.id, s.id, round(s.price_cents * (ARRAY[1, 0.9, 0.75])[p.id])::int FROM workshop_pricelist p, workshop_service s ORDER BY p.id, s.id;
INSERT INTO ir_property (name, res_id, company_id, fields_id, value_reference, type)
  SELECT f.name, 'res.partner,' || p.id, 1, f.id,
         'workshop.pricelist,' || CASE WHEN p.is_company THEN 3 ELSE 2 END, 'many2one'
    FROM res_partner p, ir_model_fields f
   WHERE f.model = 'res.partner' AND f.name = 'property_workshop_pricelist_id' AND p.id >= ${FIRST_CUSTOMER} AND (p.is_company OR p.id % 8 = 0)
   ORDER BY p.id;
INSERT INTO workshop_booking (name, customer_id, bicycle_id, starts_at, minutes, state)
  SELECT 'B' || lpad(n::text, 5, '0'), b.owner_id, b.id, timestamp '2024-01-02 08:00:00' + n * interval '3 hours' + n % 4 * interval '15 minutes',
         (ARRAY[30, 45, 60, 90])[1 + n % 4], CASE WHEN n % 19 = 0 THEN 'off' WHEN n > ${N.bookings} - 100 THEN 'asked' ELSE 'fixed' END
    FROM generate_series(1, ${N.bookings}) n JOIN workshop_bicycle b ON b.id = 1 + n * 29 % ${N.bicycles} ORDER BY n;
INSERT INTO workshop_booking_reminder (days, text) VALUES (1, 'See you tomorrow'), (2, 'See you soon');
INSERT INTO workshop_pickup (booking_id, address, driver_id)
  SELECT n * 6, coalesce(p.street, 'At the station') || ', ' || p.city, 3
    FROM generate_series(1, ${N.pickups}) n JOIN workshop_booking b ON b.id = n * 6 JOIN res_partner p ON p.id = b.customer_id ORDER BY n;
INSERT INTO workshop_stamp_card (name, customer_id, stamps, issued_on, active)
  SELECT 'S' || lpad(n::text, 4, '0'), ${FIRST_CUSTOMER} + (n * 11) % ${N.customers}, n * 7 % 11, date '2022-02-01' + n, n % 53 <> 0
    FROM generate_series(1, ${N.stampCards}) n ORDER BY n;
INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
  SELECT 'workshop', 'service_' || replace(lower(replace(name, '-', ' ')), ' ', '_'), 'workshop.service', id, true FROM workshop_service ORDER BY id;
INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
  SELECT 'workshop', 'tag_' || replace(lower(name), ' ', '_'), 'workshop.tag', id, false FROM workshop_tag ORDER BY id;
INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
  SELECT 'workshop_pricelist', 'pricelist_' || split_part(lower(name), ' ', 1), 'workshop.pricelist', id, true FROM workshop_pricelist ORDER BY id;
`)
