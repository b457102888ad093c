import type { Finding, MoultError } from '../../base/index.js'
import type { AppliedRename } from './apply-renames.js'
import type { KnownModule } from './known-module.js'
import type { NotLoaded } from './load-pass.js'
import type { MissingModule } from './missing-modules.js'

/** An error that would end the run, as a finding that says so beforehand. */
export function asFinding(error: MoultError): Finding {
  return {
    code: error.code,
    severity: 'error',
    message: error.message,
    ...(error.hint !== undefined && { hint: error.hint }),
    ...(error.place !== undefined && { place: error.place }),
    data: error.data,
  }
}

/** Nobody has decided what becomes of an installed module that the target does not have. */
export function missingModule(module: MissingModule): Finding {
  const { name, version, reason, dependants } = module
  const state =
    reason === 'missing'
      ? 'is not on the addons path, nor renamed or merged'
      : 'is marked as not installable on the addons path'
  const needed =
    dependants.length === 0
      ? ''
      : `; ${dependants.join(', ')} ${dependants.length === 1 ? 'depends' : 'depend'} on it`
  return {
    code: 'MODULE_MISSING',
    severity: 'warning',
    message: `Installed module ${name} ${state}${needed}`,
    place: { object: name },
    hint: 'Add the folder that holds it to the addons path, or decide in the configuration: "keep", "uninstall" or { "replacedBy": … }. Undecided, it stays in state "to upgrade".',
    data: { module: name, version, reason, dependants },
  }
}

/** A decision names a module that is not missing. */
export function unusedDecision(module: string): Finding {
  return {
    code: 'MODULE_DECISION_UNUSED',
    severity: 'info',
    message: `The decision about module ${module} is not needed: it is not installed, or can be loaded`,
    place: { object: module },
    data: { module },
  }
}

/** A decision puts a module in the place of another one, and is not there itself. */
export function invalidDecision(module: string, replacedBy: string): Finding {
  return {
    code: 'MODULE_DECISION_INVALID',
    severity: 'error',
    message: `Module ${module} is to be replaced by ${replacedBy}, which is not on the addons path`,
    place: { object: module },
    hint: 'Correct the name in the decision, or add the folder of that module to the addons path.',
    data: { module, replacedBy },
  }
}

/** A rename onto a name that is taken: the script that does it breaks. */
export function renameConflict(rename: AppliedRename): Finding {
  return {
    code: 'MODULE_RENAME_CONFLICT',
    severity: 'error',
    message: `Module ${rename.old} is renamed to ${rename.new}, which the database has already`,
    place: { object: rename.old },
    hint: `Delete the row of ${rename.new} from ir_module_module if it is not installed, or uninstall one of the two in the old release.`,
    data: { old: rename.old, new: rename.new, source: rename.source },
  }
}

/** Keys of apriori.py that name no module as they are written. */
export function blankKeys(keys: readonly string[], corrected: boolean): Finding {
  return {
    code: 'MODULE_RENAME_KEY_BLANK',
    severity: 'info',
    message: `Names in apriori.py have blanks around them and never match: ${keys.map((key) => JSON.stringify(key)).join(', ')}`,
    hint: corrected
      ? 'They are read without the blanks.'
      : 'They are left as they are, as the reference does.',
    data: { keys, corrected },
  }
}

/** The manifest of a module that is to be loaded cannot be read. */
export function brokenManifest(module: KnownModule, problem: MoultError): Finding {
  return {
    code: 'MODULE_MANIFEST_BROKEN',
    severity: 'error',
    message: `The manifest of module ${module.name} cannot be used: ${problem.message}`,
    place: { ...problem.place, object: module.name },
    hint: problem.hint ?? 'Correct the manifest; Odoo would not start with it either.',
    data: { module: module.name, code: problem.code },
  }
}

/** A name of `-i` or `-u` that no module has. */
export function unknownName(name: string): Finding {
  return {
    code: 'MODULE_NAME_UNKNOWN',
    severity: 'warning',
    message: `There is no module ${JSON.stringify(name)}; the name is ignored`,
    hint: 'Names are taken as they are written, blanks included: separate them by commas only.',
    data: { name },
  }
}

/** A module that stays out because of what it depends on. */
export function notLoaded(module: NotLoaded): Finding {
  return {
    code: 'MODULE_NOT_LOADED',
    severity: 'warning',
    message: `Module ${module.name} (${module.state}) is not loaded: its dependencies ${module.missing.join(', ')} are not there`,
    place: { object: module.name },
    hint: 'Add what is missing to the addons path; if the modules named depend on each other, break the circle in their manifests.',
    data: { module: module.name, state: module.state, missing: module.missing },
  }
}

/** Automatic modules that a database made by the release would have and this one will not. */
export function automaticModulesLeftOut(modules: readonly string[]): Finding {
  return {
    code: 'MODULES_AUTO_INSTALLABLE',
    severity: 'info',
    message: `A new database would have ${modules.length} more automatic modules: ${modules.join(', ')}`,
    hint: 'Choose the policy "fresh" (or "openupgrade18") for automatic modules to have them installed.',
    data: { modules },
  }
}
