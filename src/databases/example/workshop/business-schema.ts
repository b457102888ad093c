import { raw } from '../../../db/index.js'
import { LOG_COLUMNS } from './system-schema.js'

/** The tables of the workshop's own modules, as they are on 15.0. */
export const BUSINESS_SCHEMA = raw(`
CREATE TABLE workshop_service (id serial PRIMARY KEY, name varchar NOT NULL, description text, category varchar,
  price_cents integer NOT NULL, minutes integer, active boolean, ${LOG_COLUMNS});
CREATE TABLE workshop_bicycle (id serial PRIMARY KEY, name varchar NOT NULL, frame_number varchar NOT NULL,
  owner_id integer NOT NULL REFERENCES res_partner ON DELETE RESTRICT, kind varchar, year integer, active boolean, ${LOG_COLUMNS},
  CONSTRAINT workshop_bicycle_frame_number_uniq UNIQUE (frame_number));
CREATE TABLE workshop_job (id serial PRIMARY KEY, name varchar NOT NULL,
  bicycle_id integer NOT NULL REFERENCES workshop_bicycle ON DELETE RESTRICT,
  customer_id integer NOT NULL REFERENCES res_partner ON DELETE RESTRICT,
  mechanic_id integer REFERENCES res_users ON DELETE SET NULL, state varchar NOT NULL, received_on date NOT NULL,
  returned_on date, total_cents integer, note text, ${LOG_COLUMNS}, CONSTRAINT workshop_job_name_uniq UNIQUE (name));
CREATE INDEX workshop_job_customer_id_index ON workshop_job (customer_id);
CREATE TABLE workshop_job_line (id serial PRIMARY KEY, job_id integer NOT NULL REFERENCES workshop_job ON DELETE CASCADE,
  service_id integer NOT NULL REFERENCES workshop_service ON DELETE RESTRICT, quantity integer NOT NULL,
  price_cents integer NOT NULL, ${LOG_COLUMNS});
CREATE INDEX workshop_job_line_job_id_index ON workshop_job_line (job_id);
CREATE TABLE workshop_tag (id serial PRIMARY KEY, name varchar NOT NULL, color integer, ${LOG_COLUMNS});
CREATE TABLE workshop_job_tag_rel (job_id integer NOT NULL REFERENCES workshop_job ON DELETE CASCADE,
  tag_id integer NOT NULL REFERENCES workshop_tag ON DELETE CASCADE, PRIMARY KEY (job_id, tag_id));
CREATE TABLE workshop_pricelist (id serial PRIMARY KEY, name varchar NOT NULL, active boolean, valid_from date, ${LOG_COLUMNS});
CREATE TABLE workshop_pricelist_item (id serial PRIMARY KEY,
  pricelist_id integer NOT NULL REFERENCES workshop_pricelist ON DELETE CASCADE,
  service_id integer NOT NULL REFERENCES workshop_service ON DELETE CASCADE, price_cents integer NOT NULL, ${LOG_COLUMNS});
CREATE TABLE workshop_booking (id serial PRIMARY KEY, name varchar NOT NULL,
  customer_id integer NOT NULL REFERENCES res_partner ON DELETE CASCADE,
  bicycle_id integer REFERENCES workshop_bicycle ON DELETE SET NULL, starts_at timestamp NOT NULL, minutes integer,
  state varchar, ${LOG_COLUMNS});
CREATE TABLE workshop_booking_reminder (id serial PRIMARY KEY, days integer, text text, ${LOG_COLUMNS});
CREATE TABLE workshop_pickup (id serial PRIMARY KEY,
  booking_id integer NOT NULL REFERENCES workshop_booking ON DELETE CASCADE, address varchar NOT NULL,
  driver_id integer REFERENCES res_users ON DELETE SET NULL, ${LOG_COLUMNS});
CREATE TABLE workshop_stamp_card (id serial PRIMARY KEY, name varchar NOT NULL,
  customer_id integer NOT NULL REFERENCES res_partner ON DELETE RESTRICT, stamps integer NOT NULL, issued_on date,
  active boolean, ${LOG_COLUMNS}, CONSTRAINT workshop_stamp_card_name_uniq UNIQUE (name));
CREATE VIEW workshop_turnover AS
  SELECT date_trunc('month', received_on)::date AS month, state, sum(total_cents) AS total_cents
    FROM workshop_job GROUP BY 1, 2;
`)

/** As in every table of Odoo: who wrote a record is a user. */
export const LOG_FOREIGN_KEYS = raw(`
DO $keys$
DECLARE wanted record;
BEGIN
  FOR wanted IN
    SELECT c.relname AS of_table, a.attname AS of_column
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname IN ('create_uid', 'write_uid')
     ORDER BY c.relname, a.attname
  LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (%I) REFERENCES res_users ON DELETE SET NULL',
                   wanted.of_table, wanted.of_table || '_' || wanted.of_column || '_fkey', wanted.of_column);
  END LOOP;
END $keys$`)
