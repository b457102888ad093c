import { randomBytes } from 'node:crypto'
import { type Finding, InternalError } from '../../../base/index.js'
import { firstRow, type Session, sql } from '../../../db/index.js'
import {
  type HopPlan,
  nameOfStep,
  type PlanStep,
  type UpgradeRequest,
} from '../../planning/index.js'
import { changesBetween, type DatabasePicture, takePicture } from '../changes/index.js'
import { POSITIONS, type SequencePositions } from '../sequences.js'
import type { RecordedScript, RunFailure } from './journal-record.js'

const TOKEN_BYTES = 24

/** A run that may write its journal: only who has the token can. */
export interface RunTicket {
  readonly run: number
  readonly token: string
}

/** Which step of which hop, both counted from 0. */
export interface StepReference {
  readonly hop: number
  readonly step: number
}

/** What a step did, written in its own transaction. */
export interface StepOutcome {
  readonly milliseconds: number
  readonly scripts: readonly RecordedScript[]
  readonly findings: readonly Finding[]
  /** A script's own commit has cut the step in two. */
  readonly partly: boolean
  /** What a loader needs to know of the step when the run is resumed. */
  readonly state?: string
}

const hashOf = (token: string) => sql`sha256(convert_to(${token}, 'UTF8'))`

/** Begins the journal of a new run; in a session of the connected role. */
export async function createRun(session: Session, request: UpgradeRequest): Promise<RunTicket> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const row = await firstRow<{ run: number }>(
    session,
    sql`INSERT INTO moult.journal_run (run, status, request, token_hash)
        SELECT coalesce(max(run), 0) + 1, 'running', ${JSON.stringify(request)}::jsonb, ${hashOf(token)}
          FROM moult.journal_run RETURNING run`,
  )
  return { run: row?.run ?? 1, token }
}

/** Lets a stopped run go on, with a new token and without its failure. */
export async function continueRun(
  session: Session,
  run: number,
  request: UpgradeRequest,
): Promise<RunTicket> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await session.query(
    sql`UPDATE moult.journal_run SET status = 'running', failure = NULL, token_hash = ${hashOf(token)},
                request = ${JSON.stringify(request)}::jsonb
         WHERE run = ${run}`,
  )
  return { run, token }
}

/** Records a hop's plan before its first step, and what the database looks like. */
export async function startHop(
  session: Session,
  { run }: RunTicket,
  hop: { readonly hop: number; readonly plan: HopPlan; readonly sequences: SequencePositions },
): Promise<void> {
  await session.query(
    sql`INSERT INTO moult.journal_hop (run, hop, status, plan, sequences, picture)
        VALUES (${run}, ${hop.hop}, 'running', ${JSON.stringify(hop.plan)}::jsonb,
                ${JSON.stringify(hop.sequences)}::jsonb,
                ${JSON.stringify(await takePicture(session))}::jsonb)`,
  )
}

/** Replaces the plan of a hop that is under way; its steps that are done must be the same. */
export async function changePlan(
  session: Session,
  { run }: RunTicket,
  hop: number,
  plan: HopPlan,
): Promise<void> {
  await session.query(
    sql`UPDATE moult.journal_hop SET plan = ${JSON.stringify(plan)}::jsonb
         WHERE run = ${run} AND hop = ${hop}`,
  )
}

/** Ends a hop, and records what has changed since it began. */
export async function finishHop(session: Session, { run }: RunTicket, hop: number): Promise<void> {
  const begun = await firstRow<{ picture: DatabasePicture | null }>(
    session,
    sql`SELECT picture FROM moult.journal_hop WHERE run = ${run} AND hop = ${hop}`,
  )
  const picture = begun?.picture
  const changes = picture == null ? null : changesBetween(picture, await takePicture(session))
  await session.query(
    sql`UPDATE moult.journal_hop
           SET status = 'done', finished_at = now(), picture = NULL,
               changes = ${changes && JSON.stringify(changes)}::jsonb
         WHERE run = ${run} AND hop = ${hop}`,
  )
}

/** Ends the journal of a run that is complete. */
export async function finishRun(session: Session, { run }: RunTicket): Promise<void> {
  await session.query(
    sql`UPDATE moult.journal_run SET status = 'done', failure = NULL, finished_at = now()
         WHERE run = ${run}`,
  )
}

/** Records why a run stopped. */
export async function failRun(
  session: Session,
  { run }: RunTicket,
  failure: RunFailure,
): Promise<void> {
  await session.query(
    sql`UPDATE moult.journal_run SET status = 'failed', failure = ${JSON.stringify(failure)}::jsonb
         WHERE run = ${run}`,
  )
}

/** Records that a step begins, inside the step's transaction. */
export async function startStep(
  session: Session,
  ticket: RunTicket,
  reference: StepReference,
  step: PlanStep,
): Promise<void> {
  const module = 'module' in step ? { module: step.module } : {}
  const which = { run: ticket.run, ...reference, name: nameOfStep(step), ...module }
  await expectWritten(
    session,
    sql`SELECT moult.start_step(${ticket.token}, ${JSON.stringify(which)}::jsonb) AS written`,
  )
}

/**
 * Records what a step did and which sequences it moved, as its last statement; returns where all sequences
 * stand. Fails when the transaction is no longer the one that the step began in.
 */
export async function finishStep(
  session: Session,
  ticket: RunTicket,
  reference: StepReference,
  { before, ...outcome }: StepOutcome & { readonly before: SequencePositions },
): Promise<SequencePositions> {
  const which = JSON.stringify({ run: ticket.run, ...reference })
  const status = JSON.stringify({ status: 'done', ...outcome })
  const row = await firstRow<{ written: boolean; positions: SequencePositions | null }>(
    session,
    sql`
    WITH now AS MATERIALIZED (${POSITIONS}),
    moved AS (
      SELECT n.name, n.position
        FROM now n LEFT JOIN pg_catalog.jsonb_each_text(${JSON.stringify(before)}::jsonb) b ON b.key OPERATOR(pg_catalog.=) n.name
       WHERE b.key IS NULL OR b.value IS DISTINCT FROM n.position)
    SELECT moult.finish_step(${ticket.token}, ${which}::jsonb, ${status}::jsonb OPERATOR(pg_catalog.||) pg_catalog.jsonb_build_object(
             'sequences', coalesce((SELECT pg_catalog.jsonb_object_agg(name, position) FROM moved), '{}'::jsonb))) AS written,
           (SELECT pg_catalog.jsonb_object_agg(name, position) FROM now) AS positions`,
  )
  if (row?.written !== true) throw notWritten()
  return row.positions ?? {}
}

/**
 * Records, inside a step's transaction, that a script commits now what it has done so far; `sequences` are
 * those that it moved.
 */
export async function markPartlyCommitted(
  session: Session,
  ticket: RunTicket,
  reference: StepReference,
  sequences: SequencePositions = {},
): Promise<void> {
  const which = JSON.stringify({ run: ticket.run, ...reference })
  const outcome = JSON.stringify({
    status: 'partly committed',
    partly: true,
    milliseconds: 0,
    scripts: [],
    findings: [],
    sequences,
  })
  await expectWritten(
    session,
    sql`SELECT moult.finish_step(${ticket.token}, ${which}::jsonb, ${outcome}::jsonb) AS written`,
  )
}

async function expectWritten(session: Session, statement: ReturnType<typeof sql>): Promise<void> {
  const row = await firstRow<{ written: boolean }>(session, statement)
  if (row?.written !== true) throw notWritten()
}

function notWritten(): InternalError {
  return new InternalError(
    'JOURNAL_NOT_WRITTEN',
    'The journal refused a record: the step is not in the transaction that it began in',
    { hint: 'Did a script end the transaction? See docs/errors.md.' },
  )
}
