import type { Finding } from '../../base/index.js'
import type {
  RecordedHop,
  RecordedRun,
  RecordedScript,
  RunFailure,
  RunStatus,
  TableChange,
} from '../runner/index.js'

/** What a run did, as its journal tells it; times are in milliseconds. */
export interface RunReport {
  readonly database: string
  readonly run: number
  readonly status: RunStatus
  readonly from: string
  readonly to: string
  readonly startedAt: string
  readonly finishedAt: string | undefined
  readonly failure: RunFailure | undefined
  readonly hops: readonly HopSummary[]
  readonly findings: readonly Finding[]
}

export interface HopSummary {
  readonly from: string
  readonly to: string
  readonly loader: RecordedHop['plan']['loader']
  readonly milliseconds: number
  /** In the order in which they were worked on. */
  readonly modules: readonly ModuleSummary[]
  /** What is no module's: the module list, cleaning up, checks. */
  readonly rest: readonly PhaseTime[]
  /** Tables that were written or changed; empty while the hop is under way. */
  readonly tables: readonly TableChange[]
}

export interface ModuleSummary {
  readonly module: string
  /** Since the hop began. */
  readonly begins: number
  readonly milliseconds: number
  readonly phases: readonly PhaseTime[]
  readonly scripts: readonly RecordedScript[]
}

export interface PhaseTime {
  /** `pre`, `load`, `post`, `end`; for what is no module's the name of the step. */
  readonly phase: string
  readonly begins: number
  readonly milliseconds: number
}

/** Sums up a run, hop by hop and module by module. */
export function runReport(database: string, run: RecordedRun): RunReport {
  const { status, startedAt, finishedAt, failure, hops } = run
  return {
    database,
    run: run.run,
    status,
    from: hops[0]?.plan.from ?? '',
    to: run.request.hops.at(-1)?.to ?? '',
    startedAt,
    finishedAt,
    failure,
    hops: hops.map(hopSummary),
    findings: hops.flatMap(({ plan, steps }) => [
      ...plan.findings,
      ...steps.flatMap((step) => step.findings),
    ]),
  }
}

function hopSummary({ plan, steps, changes = [] }: RecordedHop): HopSummary {
  const modules = new Map<string, ModuleSummary>()
  const rest: PhaseTime[] = []
  let begins = 0
  for (const { name, milliseconds, scripts } of steps) {
    const [module = '', phase] = name.split(':')
    const time = { phase: phase ?? name, begins, milliseconds }
    begins += milliseconds
    if (phase === undefined) {
      rest.push(time)
      continue
    }
    const known = modules.get(module)
    modules.set(module, {
      module,
      begins: known?.begins ?? time.begins,
      milliseconds: (known?.milliseconds ?? 0) + milliseconds,
      phases: [...(known?.phases ?? []), time],
      scripts: [...(known?.scripts ?? []), ...scripts],
    })
  }
  const { from, to, loader } = plan
  return {
    ...{ from, to, loader },
    milliseconds: begins,
    modules: [...modules.values()],
    rest,
    tables: changes,
  }
}
