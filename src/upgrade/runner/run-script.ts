import { codeOf, type Emitter, type Finding, UserError } from '../../base/index.js'
import { raw, type Session } from '../../db/index.js'
import {
  type ScriptHost,
  type ScriptLimits,
  sqlOperations,
  WatchedSession,
} from '../../scripts/hosts/index.js'
import type { GuestOperations } from '../../scripts/values/index.js'
import type { ScriptedChange } from '../loader/index.js'
import { checksumOf, type PlannedScript, type ScriptsStep } from '../planning/index.js'
import type { RecordedScript } from './journal/index.js'
import type { RunEvents, ScriptEvent } from './run-events.js'
import { scriptFinding } from './script-finding.js'

const SAVEPOINT = raw('SAVEPOINT moult_script')
const RELEASE = raw('RELEASE SAVEPOINT moult_script')
/** The savepoint of a script ends when that of the next one begins, or with the transaction: one round trip. */
const NEXT = raw('RELEASE SAVEPOINT moult_script; SAVEPOINT moult_script')
const ROLLBACK = raw('ROLLBACK TO SAVEPOINT moult_script')

/** What running a script needs besides the script. */
export interface ScriptRunScope {
  readonly session: Session
  readonly host: (language: PlannedScript['language']) => Promise<ScriptHost>
  /** Runs scripts in Python that need the release's own models; undefined where nobody can. */
  readonly withModels?: (addFinding: (finding: Finding) => void) => Pick<ScriptHost, 'run'>
  /** Tells which changes of records want the code of their models; asked for before a script that could have it. */
  readonly needsModels?: () => Promise<(change: ScriptedChange) => boolean>
  /** Operations besides those on SQL: records, helpers, modules; on the session that the script sees. */
  readonly operations: (use: ScriptUse) => GuestOperations
  readonly events: Emitter<RunEvents>
  readonly addFinding: (finding: Finding) => void
  readonly signal: AbortSignal
  readonly limits: ScriptLimits
  /** Commits what the step did so far; undefined where scripts must not. */
  readonly commit: (() => Promise<void>) | undefined
  /** A script that fails is undone and told, and the step goes on. */
  readonly keepGoing: boolean
  /** Modules that the hop has loaded before this step. */
  readonly loadedModules: ReadonlySet<string>
}

/** One script while it runs. */
export interface ScriptUse {
  readonly session: Session
  /** Modules that the hop has loaded before this step. */
  readonly loadedModules: ReadonlySet<string>
  readonly script: PlannedScript
  readonly module: string
  readonly addFinding: (finding: Finding) => void
  /** Changes that the script may not make without the code of the models: it runs again with that. */
  readonly needsModels?: (change: ScriptedChange) => boolean
}

/** Runs one script inside the step's transaction; whatever it throws, the caller rolls back. */
export async function runScript(
  step: ScriptsStep,
  script: PlannedScript,
  scope: ScriptRunScope,
): Promise<RecordedScript> {
  const { session, events, addFinding } = scope
  const checksum = await checksumOf(script.file)
  if (checksum !== script.checksum) addFinding(changed(step, script))
  const event = eventOf(step, script)
  events.emit('scriptStarted', event)
  const counts = { statements: 0, rows: 0 }
  const started = performance.now()
  await session.execute(step.scripts[0] === script ? SAVEPOINT : NEXT)
  const watched = new WatchedSession(session, {
    onStatement: (text) => {
      counts.statements += 1
      events.emit('statement', { text })
    },
    onRows: (rows) => {
      counts.rows += rows
    },
  })
  const failure = await attempt(step, script, scope, watched)
  if (failure !== undefined) addFinding(failure)
  const milliseconds = performance.now() - started
  events.emit('scriptFinished', { ...event, ...counts, milliseconds })
  return { file: script.file, checksum, milliseconds, ...counts }
}

/** Runs the script; with `keepGoing` its failure is undone and returned. */
async function attempt(
  step: ScriptsStep,
  script: PlannedScript,
  scope: ScriptRunScope,
  watched: Session,
): Promise<Finding | undefined> {
  try {
    await runUntilItEnds(step, script, scope, watched)
    return undefined
  } catch (error) {
    if (!scope.keepGoing || !(error instanceof UserError) || !error.code.startsWith('SCRIPT_')) {
      throw error
    }
    await scope.session.execute(ROLLBACK)
    return scriptFinding(error)
  }
}

/** A script that turns out to need the models is undone, and run again by who has them. */
async function runUntilItEnds(
  step: ScriptsStep,
  script: PlannedScript,
  scope: ScriptRunScope,
  watched: Session,
): Promise<void> {
  const { session, addFinding } = scope
  const withModels = script.language === 'python' ? scope.withModels : undefined
  const needsModels = withModels === undefined ? undefined : await scope.needsModels?.()
  const told: Finding[] = []
  let committed = false
  const first = {
    ...scope,
    addFinding: (finding: Finding) => told.push(finding),
    commit:
      scope.commit &&
      (async () => {
        committed = true
        await scope.commit?.()
      }),
  }
  try {
    await runBy(await scope.host(script.language), step, script, {
      scope: first,
      watched,
      needsModels,
    })
  } catch (error) {
    if (committed || withModels === undefined || codeOf(error) !== 'SCRIPT_NEEDS_ODOO') throw error
    await session.execute(ROLLBACK)
    told.length = 0
    const host = withModels(addFinding)
    try {
      await runBy(host, step, script, { scope, watched })
    } catch (failure) {
      throw codeOf(failure) === 'RELEASE_CODE_UNAVAILABLE' ? error : failure
    }
  } finally {
    for (const finding of told) addFinding(finding)
  }
}

interface Within {
  readonly scope: ScriptRunScope
  readonly watched: Session
  readonly needsModels?: ScriptUse['needsModels'] | undefined
}

function runBy(
  host: Pick<ScriptHost, 'run'>,
  step: ScriptsStep,
  script: PlannedScript,
  { scope, watched, needsModels }: Within,
): Promise<void> {
  const { session, addFinding, events } = scope
  const { module, phase, installedVersion } = step
  const { file, directory } = script
  const operations = {
    ...scope.operations({
      session: watched,
      script,
      module,
      addFinding,
      loadedModules: scope.loadedModules,
      ...(needsModels !== undefined && { needsModels }),
    }),
    ...sqlOperations({
      session: watched,
      commit: () => commitScript(step, script, scope),
      rollback: () => session.execute(ROLLBACK),
    }),
  }
  return host.run(
    { file, module, phase, directory, installedVersion },
    {
      session: watched,
      operations,
      log: (line) => events.emit('scriptLog', { ...line, module }),
      signal: scope.signal,
      limits: scope.limits,
      cancelStatement: () => session.stop(),
    },
  )
}

function eventOf(step: ScriptsStep, script: PlannedScript): ScriptEvent {
  const { directory, file, logLine } = script
  return { module: step.module, phase: step.phase, directory, file, logLine }
}

async function commitScript(
  step: ScriptsStep,
  script: PlannedScript,
  { commit, session, addFinding }: ScriptRunScope,
): Promise<void> {
  if (commit === undefined) {
    addFinding(commitIgnored(step, script))
    return
  }
  await session.execute(RELEASE)
  await commit()
  addFinding(committed(step, script))
  await session.execute(SAVEPOINT)
}

function changed(step: ScriptsStep, { file }: PlannedScript): Finding {
  return {
    code: 'SCRIPT_CHANGED',
    severity: 'info',
    message: `${step.module}: a script is not the one that was planned; it runs as it is now`,
    place: { file },
  }
}

function commitIgnored(step: ScriptsStep, { file }: PlannedScript): Finding {
  return {
    code: 'SCRIPT_COMMIT_IGNORED',
    severity: 'info',
    message: `${step.module}: a script called commit(), which does nothing here`,
    place: { file },
    hint: 'A step and its record are one transaction. Use --allow-script-commit if the script relies on it.',
  }
}

function committed(step: ScriptsStep, { file }: PlannedScript): Finding {
  return {
    code: 'SCRIPT_COMMITTED',
    severity: 'warning',
    message: `${step.module}: a script has committed in the middle of its step, as allowed`,
    place: { file },
    hint: 'If the step fails later, "moult resume" runs all of its scripts again on what they committed.',
  }
}
