import type { ModuleState } from '../../odoo/modules/index.js'
import type { Phase } from './migration-script.js'

/** What decides whether a phase's scripts are asked for. */
export interface PhaseState {
  /** The state at the module's turn. */
  readonly state: ModuleState
  /** Whether the module carries the flag of `-u` when the phase comes. */
  readonly updateFlag: boolean
  /** The state that it was processed in; null when it was not processed in this run. */
  readonly loadState: ModuleState | null
}

/** Whether Odoo asks for a module's scripts of a phase; `end` goes by the state it was loaded in. */
export function isPhaseRun(phase: Phase, given: PhaseState): boolean {
  const state = phase === 'end' ? given.loadState : given.state
  return (given.updateFlag || state === 'to upgrade') && state !== 'to install'
}
