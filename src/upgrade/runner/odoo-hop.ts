import { type Emitter, type Finding, type Progress, UserError } from '../../base/index.js'
import { type DatabaseHost, filestoreOf, makeCheckpoint } from '../../databases/manager/index.js'
import type { Session } from '../../db/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'
import { type OdooLoaderReport, runOdooLoader } from '../odoo-loader/index.js'
import type { HopRequest, UpgradeRequest } from '../planning/index.js'
import { ForeignScriptRunner, type ForeignScriptScope } from './foreign-scripts.js'
import type { RunTicket } from './journal/index.js'
import { LoaderCheckpoints } from './loader-checkpoints.js'
import { type JournalledHop, LoaderJournal } from './loader-journal.js'
import { odooGuestOptions } from './odoo-guest-options.js'
import { forwardLoaderEvents } from './odoo-loader-events.js'
import { RanScripts } from './ran-scripts.js'
import { removeTornFiles } from './remove-torn-files.js'
import type { RunEvents } from './run-events.js'
import { withRunSession } from './run-session.js'
import type { ScriptRole } from './script-role.js'
import type { RunScriptOperations } from './script-services.js'
import { restoreSequences } from './sequences.js'
import { showRun } from './show-run.js'
import { StepFailedError } from './step-failed-error.js'

/** A hop that the release's own loader does. */
export interface OdooHop extends JournalledHop {
  readonly request: HopRequest
  readonly tree: AddonsTree
  /** When the run began that is gone on with; undefined for one that begins. */
  readonly resumedFrom: Date | undefined
}

export interface OdooHopScope {
  readonly host: DatabaseHost
  readonly database: string
  readonly role: ScriptRole | undefined
  readonly ticket: RunTicket
  readonly upgrade: UpgradeRequest
  readonly cache: string
  readonly events: Emitter<RunEvents>
  readonly progress: Progress
  readonly operations: RunScriptOperations
  /** What scripts in other languages than Python are run with. */
  readonly foreign: Pick<ForeignScriptScope, 'host' | 'operations' | 'limits'>
}

/**
 * Has a hop done by the release's own code, and records each module in the transaction that Odoo's loader
 * commits it in. Fails with {@link StepFailedError}, naming the first step that was not committed.
 */
export async function runOdooHop(hop: OdooHop, scope: OdooHopScope): Promise<readonly Finding[]> {
  const { plan } = hop
  const findings: Finding[] = []
  const scripts = new RanScripts()
  const journal = new LoaderJournal(hop, scope.ticket, scripts)
  // The end scripts and the clean-up must not be done twice.
  if (journal.isComplete) return findings
  const modules = new Set(plan.steps.flatMap((step) => ('module' in step ? [step.module] : [])))
  await scope.progress.step(
    `Upgrading to ${plan.to}`,
    { unit: 'modules', total: modules.size },
    async (advance) => {
      const stop = showRun(scope.events, advance)
      const addFinding = (finding: Finding): void => {
        findings.push(finding)
        journal.addFinding(finding)
        scope.events.emit('finding', finding)
      }
      const { events, progress, upgrade } = scope
      const foreign = new ForeignScriptRunner(plan, {
        ...scope.foreign,
        addFinding,
        log: (line) => events.emit('scriptLog', line),
        signal: progress.signal,
        keepGoing: upgrade.keepGoing,
      })
      try {
        await loadAll(hop, scope, {
          journal,
          addFinding,
          foreign,
          scripts,
          onModule: (module) => advance.advance(1, module),
        })
      } catch (error) {
        const cause = foreign.failure ?? error
        throw new StepFailedError(journal.pending(cause), cause)
      } finally {
        stop()
      }
    },
  )
  return findings
}

interface Attempt {
  readonly journal: LoaderJournal
  readonly addFinding: (finding: Finding) => void
  readonly onModule: (module: string | undefined) => void
  readonly foreign: ForeignScriptRunner
  readonly scripts: RanScripts
}

/**
 * Runs the loader to its end. Before a module that a checkpoint was asked for, it is stopped, as nobody may be
 * connected to a database that is copied, and begun again as in a resumed run.
 */
async function loadAll(hop: OdooHop, scope: OdooHopScope, attempt: Attempt): Promise<void> {
  const { journal } = attempt
  const checkpoints = new LoaderCheckpoints(hop, scope.upgrade.checkpoints)
  const { resumedFrom } = hop
  if (resumedFrom !== undefined) {
    await removeTornFiles(filestoreOf(scope.host, scope.database), resumedFrom)
  }
  let pausedBefore: string | undefined
  do {
    const at = checkpoints.due(pausedBefore, journal.next)
    if (at !== undefined) {
      const { name } = await makeCheckpoint(scope.host, scope.database, at)
      scope.events.emit('checkpointMade', { database: name, before: at.before })
    }
    const { host, database, role, progress } = scope
    const report = await withRunSession(host, database, role, progress.signal, async (session) => {
      await restoreSequences(session, journal.sequences)
      return load(session, hop, scope, {
        ...attempt,
        pauseBefore: (name) => checkpoints.wants(name),
      })
    })
    journal.undo()
    pausedBefore = report.pausedBefore
  } while (pausedBefore !== undefined)
}

interface LoadHooks extends Attempt {
  readonly pauseBefore: (module: string) => boolean
}

function load(
  session: Session,
  { plan, request, tree }: OdooHop,
  scope: OdooHopScope,
  { journal, addFinding, onModule, pauseBefore, foreign, scripts }: LoadHooks,
): Promise<OdooLoaderReport> {
  const { upgrade, host, database } = scope
  if (tree.root === undefined) throw noTree(plan.to)
  const loaderEvents = forwardLoaderEvents(scope.events, addFinding)
  loaderEvents.on('moduleStarted', ({ module }) => foreign.startModule(module))
  loaderEvents.on('scriptFinished', (script) => scripts.add(script))
  return runOdooLoader({
    guest: odooGuestOptions({
      ...{ host, database, upgrade, request, tree },
      root: tree.root,
      cache: scope.cache,
    }),
    profile: request.profile,
    session,
    update: request.update,
    init: request.init,
    withoutDemo: upgrade.withoutDemo,
    finished: journal.states,
    onCommit: async (commit) => {
      if (foreign.failure !== undefined) throw foreign.failure
      await journal.record(session, commit)
      if (commit.kind === 'module') onModule(commit.module)
    },
    pauseBefore,
    allowScriptCommit: upgrade.allowScriptCommit,
    events: loaderEvents,
    operations: (watched) => ({
      ...scope.operations(watched, addFinding),
      ...foreign.operations(watched),
    }),
    foreignScripts: foreign.scripts,
    keepGoing: upgrade.keepGoing,
    limits: {},
    signal: scope.progress.signal,
  })
}

function noTree(series: string): UserError {
  return new UserError(
    'ODOO_SOURCE_UNKNOWN',
    `The source tree of Odoo ${series} is not on the addons path`,
    {
      hint: 'Give the root of the tree (the folder that holds odoo/release.py) with --addons-path: its own code loads the modules.',
    },
  )
}
