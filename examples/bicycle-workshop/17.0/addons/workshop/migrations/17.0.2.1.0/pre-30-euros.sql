ALTER TABLE workshop_service ALTER COLUMN price TYPE numeric(16, 2) USING price / 100.0;
ALTER TABLE workshop_repair ALTER COLUMN total TYPE numeric(16, 2) USING total / 100.0;
ALTER TABLE workshop_repair_line ALTER COLUMN price TYPE numeric(16, 2) USING price / 100.0;

UPDATE ir_model_fields SET ttype = 'float'
 WHERE (model, name) IN (('workshop.service', 'price'), ('workshop.repair', 'total'), ('workshop.repair.line', 'price'));

UPDATE ir_config_parameter SET key = 'workshop.hourly_rate', value = (value::numeric / 100)::numeric(16, 2)::text
 WHERE key = 'workshop.hourly_rate_cents';
