ALTER TABLE workshop_loyalty_card ADD COLUMN level varchar;

INSERT INTO ir_model_fields (model_id, model, name, field_description, ttype, store, copied, state)
SELECT id, model, 'level', '{"en_US": "Level"}', 'selection', true, true, 'base'
  FROM ir_model WHERE model = 'workshop.loyalty.card';
