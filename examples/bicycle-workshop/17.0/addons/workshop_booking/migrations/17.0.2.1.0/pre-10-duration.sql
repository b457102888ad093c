ALTER TABLE workshop_booking ADD COLUMN duration double precision;

INSERT INTO ir_model_fields (model_id, model, name, field_description, ttype, store, copied, state)
SELECT id, model, 'duration', '{"en_US": "Duration"}', 'float', true, true, 'base'
  FROM ir_model WHERE model = 'workshop.booking';
