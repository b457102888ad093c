import type { Finding, Progress } from '../../base/index.js'
import { raw, type Session } from '../../db/index.js'
import type { PlanStep, ScriptsStep } from '../planning/index.js'
import { checkResult } from './check-result.js'
import {
  finishStep,
  markPartlyCommitted,
  type RecordedScript,
  type RunTicket,
  type StepReference,
  startStep,
} from './journal/index.js'
import type { LoadScope, ModuleLoader, StepFact } from './module-loader.js'
import { completeModule, type RecordRemoval, removeModules } from './module-rows/index.js'
import { runScript, type ScriptRunScope } from './run-script.js'
import type { SequencePositions } from './sequences.js'

/** What all steps of a hop share. */
export interface StepScope {
  readonly session: Session
  readonly ticket: RunTicket
  readonly loader: ModuleLoader
  readonly load: Omit<LoadScope, 'session' | 'progress' | 'addFinding' | 'keep'>
  /** Deletes records of modules that are removed. */
  readonly records: RecordRemoval
  readonly scripts: Omit<ScriptRunScope, 'session' | 'commit' | 'addFinding' | 'loadedModules'>
  /** Modules that the hop has loaded before this step. */
  readonly loadedModules: ReadonlySet<string>
  readonly allowScriptCommit: boolean
  readonly progress: Progress
}

export interface StepResult {
  readonly milliseconds: number
  readonly findings: readonly Finding[]
  /** Positions of all sequences after the step. */
  readonly sequences: SequencePositions
}

/** Odoo's own level (`odoo/sql_db.py`), which scripts may count on. */
const ISOLATION = 'repeatable read'

/** Runs one step of the plan and records it, in one transaction. */
export async function runStep(
  step: PlanStep,
  reference: StepReference,
  before: SequencePositions,
  scope: StepScope,
): Promise<StepResult> {
  const { session, ticket } = scope
  const started = performance.now()
  const findings: Finding[] = []
  const addFinding = (finding: Finding): void => {
    findings.push(finding)
    scope.scripts.events.emit('finding', finding)
  }
  const facts: StepFact[] = []
  const load: LoadScope = {
    ...scope.load,
    session,
    progress: scope.progress,
    addFinding,
    keep: (fact) => facts.push(fact),
  }
  let partly = false
  const commit = async (): Promise<void> => {
    await markPartlyCommitted(session, ticket, reference)
    partly = true
    await session.execute(raw(`COMMIT; BEGIN ISOLATION LEVEL ${ISOLATION.toUpperCase()}`))
  }
  const sequences = await session.transaction(
    async () => {
      await startStep(session, ticket, reference, step)
      if (reference.step === 0) await scope.loader.begin?.(load)
      const scripts = await perform(step, scope, {
        load,
        commit: scope.allowScriptCommit ? commit : undefined,
      })
      if ('completes' in step && step.completes) {
        await scope.loader.complete?.(step.module, load)
        await completeModule(session, step)
      }
      return finishStep(session, ticket, reference, {
        milliseconds: performance.now() - started,
        scripts,
        findings,
        partly,
        before,
        ...(facts.length > 0 && { state: JSON.stringify(facts) }),
      })
    },
    { isolation: ISOLATION },
  )
  return { milliseconds: performance.now() - started, findings, sequences }
}

interface StepTools {
  readonly load: LoadScope
  readonly commit: (() => Promise<void>) | undefined
}

async function perform(
  step: PlanStep,
  scope: StepScope,
  { load, commit }: StepTools,
): Promise<readonly RecordedScript[]> {
  const { session, loader } = scope
  const { addFinding } = load
  switch (step.kind) {
    case 'scripts':
      return runScripts(step, {
        ...scope.scripts,
        session,
        addFinding,
        commit,
        loadedModules: scope.loadedModules,
      })
    case 'load':
      await loader.load(step, load)
      return []
    case 'list':
      await loader.list(step, load)
      return []
    case 'settle':
      await loader.settle?.(load)
      return []
    case 'finish':
      await loader.finish?.(load)
      return []
    case 'remove':
      await removeModules(step.modules, { session, addFinding, records: scope.records })
      return []
    case 'checks':
      await checkResult(session, addFinding)
      return []
  }
}

async function runScripts(
  step: ScriptsStep,
  scope: ScriptRunScope,
): Promise<readonly RecordedScript[]> {
  const records: RecordedScript[] = []
  for (const script of step.scripts) records.push(await runScript(step, script, scope))
  return records
}
