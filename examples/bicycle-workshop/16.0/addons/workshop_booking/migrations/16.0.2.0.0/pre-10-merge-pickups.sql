-- Pickups were records of a module of their own; now they are a part of the booking.
ALTER TABLE workshop_booking ADD COLUMN pickup_address varchar;
ALTER TABLE workshop_booking ADD COLUMN driver_id integer REFERENCES res_users ON DELETE SET NULL;

UPDATE workshop_booking AS booking
   SET pickup_address = pickup.address, driver_id = pickup.driver_id
  FROM workshop_pickup AS pickup
 WHERE pickup.booking_id = booking.id;

INSERT INTO ir_model_fields (model_id, model, name, field_description, ttype, relation, store, copied, state)
SELECT id, model, 'pickup_address', '{"en_US": "Pickup Address"}'::jsonb, 'char', NULL, true, true, 'base'
  FROM ir_model WHERE model = 'workshop.booking'
UNION ALL
SELECT id, model, 'driver_id', '{"en_US": "Driver"}'::jsonb, 'many2one', 'res.users', true, true, 'base'
  FROM ir_model WHERE model = 'workshop.booking';

-- Keep what was there, out of the way.
ALTER TABLE workshop_pickup RENAME TO workshop_pickup_15_0;
