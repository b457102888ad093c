import type { Finding, Progress } from '../../base/index.js'
import type { Session } from '../../db/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'
import type { ListStep, LoadStep } from '../planning/index.js'

/** What a loader works on: the step's transaction and the release's source. */
export interface LoadScope {
  readonly session: Session
  readonly tree: AddonsTree
  /** Series of the target release. */
  readonly to: string
  readonly progress: Progress
  readonly addFinding: (finding: Finding) => void
  /** Keeps plain JSON with the step; a process that resumes the run gets it back. */
  readonly keep: (fact: StepFact) => void
}

/** Plain JSON that is kept with a step. */
export type StepFact = Readonly<Record<string, unknown>>

/** The part of an upgrade that brings a module's schema, reflection and data to the release. */
export interface ModuleLoader {
  /** Before anything of the hop has run, in the transaction of its first step. */
  begin?(scope: LoadScope): Promise<void>
  /** Writes the module list of the release, once the base module is done. */
  list(step: ListStep, scope: LoadScope): Promise<void>
  load(step: LoadStep, scope: LoadScope): Promise<void>
  /** Behind a module's post scripts, in the step that completes it. */
  complete?(module: string, scope: LoadScope): Promise<void>
  /** Once all modules are loaded, before the end scripts. */
  settle?(scope: LoadScope): Promise<void>
  /** Behind the end scripts. */
  finish?(scope: LoadScope): Promise<void>
}
