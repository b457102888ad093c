import { UserError } from '../../base/index.js'

/** A module depends on one that has no row: neither the database nor the addons path knows it. */
export function unknownDependency(module: string, dependency: string): UserError {
  return new UserError(
    'MODULE_DEPENDENCY_UNKNOWN',
    `Module ${module} depends on ${dependency}, which is neither on the addons path nor in the database`,
    {
      hint: `Add the folder that holds ${dependency} to the addons path, or decide what becomes of ${module}.`,
      place: { object: module },
      data: { module, dependency },
    },
  )
}

/** An upgrade was asked for a module that is not installed. */
export function notInstalled(module: string, state: string): UserError {
  return new UserError(
    'MODULE_NOT_INSTALLED',
    `Module ${module} cannot be upgraded: it is ${state}`,
    {
      hint: `Install it with -i ${module}, or leave it out of -u.`,
      place: { object: module },
      data: { module, state },
    },
  )
}

/** Dependencies of modules to install lead further than Odoo follows them: a circle. */
export function dependencyCycle(module: string): UserError {
  return new UserError(
    'MODULE_DEPENDENCY_CYCLE',
    `The dependencies of module ${module} lead back to it`,
    {
      hint: 'Correct the "depends" of the manifests that form the circle.',
      place: { object: module },
      data: { module },
    },
  )
}

/** A program or Python package that a manifest asks for is not there. */
export function externalDependency(module: string, missing: string): UserError {
  return new UserError(
    'MODULE_EXTERNAL_DEPENDENCY',
    `Module ${module} cannot be processed: ${missing} is missing`,
    {
      hint: `Install ${missing} for the Python that runs scripts and module code.`,
      place: { object: module },
      data: { module, missing },
    },
  )
}

/** Two modules that are to be there exclude each other. */
export function incompatible(module: string, other: string): UserError {
  return new UserError(
    'MODULES_EXCLUDE_EACH_OTHER',
    `Modules ${module} and ${other} are incompatible`,
    {
      hint: 'Uninstall one of them in the old release before the upgrade.',
      place: { object: module },
      data: { modules: [module, other] },
    },
  )
}

/** Modules of a category of which only one may be installed. */
export function exclusiveCategory(category: string, modules: readonly string[]): UserError {
  return new UserError(
    'MODULES_EXCLUSIVE_CATEGORY',
    `Only one module of category ${category} can be installed: ${modules.join(', ')}`,
    {
      hint: 'Uninstall all but one of them in the old release before the upgrade.',
      place: { object: category },
      data: { category, modules },
    },
  )
}
