DO $check$
DECLARE
  before numeric := (SELECT value::numeric FROM ir_config_parameter WHERE key = 'workshop.upgrade.turnover');
  now numeric := (SELECT sum(total) FROM workshop_turnover);
BEGIN
  IF before IS DISTINCT FROM now THEN
    RAISE EXCEPTION 'The workshop''s turnover was % and is %', before, now;
  END IF;
END $check$;

DELETE FROM ir_config_parameter WHERE key = 'workshop.upgrade.turnover';
