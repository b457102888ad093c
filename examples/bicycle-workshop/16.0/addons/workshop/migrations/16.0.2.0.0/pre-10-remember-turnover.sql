-- The end script looks whether a cent was lost.
INSERT INTO ir_config_parameter (key, value)
SELECT 'workshop.upgrade.turnover', sum(total_cents)::text FROM workshop_job;

INSERT INTO ir_config_parameter (key, value)
SELECT 'workshop.upgrade.lines', count(*) || ' ' || sum(quantity * price_cents) FROM workshop_job_line;

-- It names columns that are about to be renamed.
DROP VIEW workshop_turnover;
