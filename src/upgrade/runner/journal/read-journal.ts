import type { Finding } from '../../../base/index.js'
import { firstRow, type Session, sql } from '../../../db/index.js'
import type { HopPlan, UpgradeRequest } from '../../planning/index.js'
import type { TableChange } from '../changes/index.js'
import type { SequencePositions } from '../sequences.js'
import type {
  RecordedHop,
  RecordedRun,
  RecordedScript,
  RecordedStep,
  RunFailure,
  RunStatus,
} from './journal-record.js'

interface RunRow extends Record<string, unknown> {
  readonly run: number
  readonly status: RunStatus
  readonly request: UpgradeRequest
  readonly failure: RunFailure | null
  readonly started: string
  readonly finished: string | null
}

interface HopRow extends Record<string, unknown> {
  readonly hop: number
  readonly status: 'running' | 'done'
  readonly plan: HopPlan
  readonly sequences: SequencePositions
  readonly changes: readonly TableChange[] | null
}

interface StepRow extends Record<string, unknown> {
  readonly hop: number
  readonly step: number
  readonly name: string
  readonly status: 'done' | 'partly committed'
  readonly milliseconds: number | null
  readonly scripts: readonly RecordedScript[]
  readonly findings: readonly Finding[]
  readonly sequences: SequencePositions
  readonly state: string | null
}

/** The last run on a database, or the one of a number; undefined where none was recorded. */
export async function readRun(session: Session, wanted?: number): Promise<RecordedRun | undefined> {
  const known = await firstRow<{ there: boolean }>(
    session,
    sql`SELECT to_regclass('moult.journal_run') IS NOT NULL AS there`,
  )
  if (known?.there !== true) return undefined
  const row = await firstRow<RunRow>(
    session,
    sql`SELECT run, status, request, failure, started_at::text AS started, finished_at::text AS finished
          FROM moult.journal_run WHERE run = coalesce(${wanted ?? null}::integer, run)
         ORDER BY run DESC LIMIT 1`,
  )
  if (row === undefined) return undefined
  return {
    run: row.run,
    status: row.status,
    request: row.request,
    failure: row.failure ?? undefined,
    startedAt: row.started,
    finishedAt: row.finished ?? undefined,
    hops: await readHops(session, row.run),
  }
}

async function readHops(session: Session, run: number): Promise<readonly RecordedHop[]> {
  const hops = await session.query<HopRow>(
    sql`SELECT hop, status, plan, sequences, to_jsonb(h)->'changes' AS changes
          FROM moult.journal_hop h WHERE run = ${run} ORDER BY hop`,
  )
  // In the order in which they were done, which need not be that of the plan.
  const steps = await session.query<StepRow>(
    sql`SELECT hop, step, name, status, milliseconds, scripts, findings, sequences, state
          FROM moult.journal_step WHERE run = ${run} AND status <> 'running'
         ORDER BY hop, finished_at, step`,
  )
  return hops.rows.map(({ hop, status, plan, sequences, changes }) => ({
    hop,
    status,
    plan,
    sequences,
    steps: steps.rows.filter((row) => row.hop === hop).map(recordedStep),
    ...(changes !== null && { changes }),
  }))
}

function recordedStep(row: StepRow): RecordedStep {
  const { step, name, status, scripts, findings, sequences } = row
  const { milliseconds, state } = row
  return {
    step,
    name,
    status,
    milliseconds: milliseconds ?? 0,
    scripts,
    findings,
    sequences,
    state: state ?? undefined,
  }
}

/** Where all sequences stood after the last step that is done. */
export function sequencesOf(hop: RecordedHop): SequencePositions {
  return Object.assign({}, hop.sequences, ...hop.steps.map((step) => step.sequences))
}
