import type { Phase, ScriptSource } from './migration-script.js'
import type { VersionVerdict } from './version-gate.js'

/** Why a script runs, or a file or folder is passed over. */
export type DecisionReason =
  | VersionVerdict
  | 'new-module'
  | 'invalid-version-name'
  | 'ignored-directory'
  | 'not-a-script'
  | 'not-python'
  | 'shadowed'
  | 'not-loaded'
  | 'not-updated'
  | 'new-install'
  | 'new-install-not-asked-for'
  | 'odoo-script-dropped-by-openupgrade'

/** What was decided about a script, another file, or a whole folder. */
export interface ScriptDecision {
  readonly module: string
  readonly selected: boolean
  readonly reason: DecisionReason
  /** Absolute path of the file or folder. */
  readonly path: string
  /** Name of the version folder; absent for a folder of several. */
  readonly directory?: string
  readonly phase?: Phase
  readonly source?: ScriptSource['kind']
  /** The version that the folder's name stands for. */
  readonly fullVersion?: string
  readonly installedVersion?: string | null
  readonly targetVersion?: string
  /** The folder that stands before a shadowed one. */
  readonly by?: string
}

/** A decision in one sentence. */
export function explainDecision(decision: ScriptDecision): string {
  return `${decision.path} ${decision.selected ? 'runs' : 'does not run'}: ${because(decision)}`
}

function because(decision: ScriptDecision): string {
  const { module, phase = 'end' } = decision
  const full = decision.fullVersion ?? decision.directory ?? ''
  const installed = decision.installedVersion || 'none'
  const target = decision.targetVersion ?? ''
  switch (decision.reason) {
    case 'in-range':
      return `${full} is greater than the installed version (${installed}) and not greater than the manifest's (${target})`
    case 'every-version':
      return `the folder runs whenever the version grows, here from ${installed} to ${target}`
    case 'new-module':
      return `OpenUpgrade runs ${phase} scripts of modules that are newly installed, and ${full} is not greater than ${target}`
    case 'same-version':
      return `the installed version is the manifest's already (${target})`
    case 'downgrade':
      return `the installed version (${installed}) is greater than the manifest's (${target})`
    case 'older-than-installed':
      return `${full} is not greater than the installed version (${installed})`
    case 'newer-than-manifest':
      return `${full} is greater than the manifest's version (${target})`
    case 'invalid-version-name':
      return `the folder's name "${decision.directory ?? ''}" is no version`
    case 'ignored-directory':
      return 'Odoo passes over folders of that name'
    case 'not-a-script':
      return 'its name does not begin with "pre-", "post-" or "end-", or has another ending than a script'
    case 'not-python':
      return 'Odoo runs Python only, and nothing else was asked for'
    case 'shadowed':
      return `${decision.by ?? 'another folder'} stands before it`
    case 'not-loaded':
      return `module ${module} is not loaded in this run`
    case 'not-updated':
      return `module ${module} is not upgraded in this run`
    case 'new-install':
      return `module ${module} is newly installed, and ${phase} scripts are for modules that were there before`
    case 'new-install-not-asked-for':
      return `module ${module} is newly installed, and its scripts are only looked for with -u all, or -u of what it is built on`
    case 'odoo-script-dropped-by-openupgrade':
      return "OpenUpgrade leaves out this script of Odoo's own, which interferes with its own scripts"
  }
}
