INSERT INTO ir_config_parameter (key, value)
SELECT 'workshop.upgrade.turnover', (sum(total_cents) / 100.0)::numeric(16, 2)::text FROM workshop_repair;
