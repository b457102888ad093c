import { raw, type Session, type Sql } from '../../../db/index.js'

/**
 * Where a run is recorded, in the database that it upgrades. Scripts run as a role that may only call the
 * two functions, which want the run's token: they can neither forge nor remove a record. The names are long
 * because scripts look for tables by name in all schemas.
 */
const JOURNAL_SCHEMA: Sql = raw(`
  CREATE SCHEMA IF NOT EXISTS moult;
  COMMENT ON SCHEMA moult IS 'Journal of upgrades; see "moult status"';
  CREATE TABLE IF NOT EXISTS moult.journal_run (
    run integer PRIMARY KEY,
    status text NOT NULL CHECK (status IN ('running', 'failed', 'done')),
    request jsonb NOT NULL,
    failure jsonb,
    token_hash bytea NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  );
  CREATE TABLE IF NOT EXISTS moult.journal_hop (
    run integer NOT NULL REFERENCES moult.journal_run,
    hop integer NOT NULL,
    status text NOT NULL CHECK (status IN ('running', 'done')),
    plan jsonb NOT NULL,
    sequences jsonb NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    PRIMARY KEY (run, hop)
  );
  CREATE TABLE IF NOT EXISTS moult.journal_step (
    run integer NOT NULL,
    hop integer NOT NULL,
    step integer NOT NULL,
    name text NOT NULL,
    module text,
    status text NOT NULL CHECK (status IN ('running', 'partly committed', 'done')),
    milliseconds double precision,
    scripts jsonb NOT NULL DEFAULT '[]',
    findings jsonb NOT NULL DEFAULT '[]',
    sequences jsonb NOT NULL DEFAULT '{}',
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    PRIMARY KEY (run, hop, step),
    FOREIGN KEY (run, hop) REFERENCES moult.journal_hop
  );
  ALTER TABLE moult.journal_hop ADD COLUMN IF NOT EXISTS picture jsonb,
    ADD COLUMN IF NOT EXISTS changes jsonb;
  ALTER TABLE moult.journal_step ADD COLUMN IF NOT EXISTS state text;
  ALTER TABLE moult.journal_step ADD COLUMN IF NOT EXISTS transaction bigint;
  CREATE OR REPLACE FUNCTION moult.start_step(token text, which jsonb) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH entry AS (
      INSERT INTO moult.journal_step (run, hop, step, name, module, status, transaction)
      SELECT r.run, (which->>'hop')::integer, (which->>'step')::integer, which->>'name',
             which->>'module', 'running', txid_current()
        FROM moult.journal_run r
       WHERE r.run = (which->>'run')::integer AND r.token_hash = sha256(convert_to(token, 'UTF8'))
      ON CONFLICT (run, hop, step) DO UPDATE SET status = 'running', started_at = now(),
        transaction = txid_current()
        WHERE journal_step.status = 'partly committed'
      RETURNING 1)
    SELECT count(*) = 1 FROM entry
  $$;
  CREATE OR REPLACE FUNCTION moult.finish_step(token text, which jsonb, outcome jsonb) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH entry AS (
      UPDATE moult.journal_step s
         SET status = outcome->>'status', finished_at = clock_timestamp(),
             milliseconds = (outcome->>'milliseconds')::double precision,
             scripts = outcome->'scripts', findings = outcome->'findings',
             sequences = outcome->'sequences', state = outcome->>'state', transaction = NULL
        FROM moult.journal_run r
       WHERE s.run = (which->>'run')::integer AND s.hop = (which->>'hop')::integer
         AND s.step = (which->>'step')::integer AND s.status <> 'done'
         AND (s.transaction = txid_current() OR (outcome->>'partly')::boolean)
         AND r.run = s.run AND r.token_hash = sha256(convert_to(token, 'UTF8'))
      RETURNING 1)
    SELECT count(*) = 1 FROM entry
  $$;
  REVOKE ALL ON ALL TABLES IN SCHEMA moult FROM PUBLIC;
  REVOKE ALL ON FUNCTION moult.start_step(text, jsonb), moult.finish_step(text, jsonb, jsonb) FROM PUBLIC
`)

/** Makes the journal's schema where it is missing; in a session of the connected role. */
export async function prepareJournal(session: Session): Promise<void> {
  await session.execute(JOURNAL_SCHEMA)
}
