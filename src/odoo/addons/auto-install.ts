import { isTruthy, iteratePython, type PythonDict } from '../../text/index.js'
import { invalidManifest } from './manifest-file.js'
import { textsOf } from './manifest-values.js'

/** `auto_install` of a manifest, normalised. */
export interface AutoInstall {
  readonly autoInstall: false | ReadonlySet<string>
  readonly autoInstallColumn: boolean
}

/**
 * What installs a module by itself: `True` means all dependencies, anything that can be iterated those
 * that it names. The key `active` has no effect in any release.
 *
 * Errors: MODULE_MANIFEST_INVALID when it names what is no dependency.
 */
export function readAutoInstall(
  module: string,
  manifest: PythonDict,
  { file, depends, major }: { file: string; depends: readonly string[]; major: number },
): AutoInstall {
  if (!manifest.has('auto_install')) return { autoInstall: false, autoInstallColumn: false }
  const value = manifest.get('auto_install')
  // 14 takes None for False; later releases store whatever is not exactly False as true.
  const autoInstallColumn = value !== false && !(major === 14 && value === null)
  const names = iteratePython(value)
  if (names === undefined) {
    return { autoInstall: isTruthy(value) && new Set(depends), autoInstallColumn }
  }
  const others = textsOf(value).filter((name) => !depends.includes(name))
  if (others.length > 0) {
    throw invalidManifest(
      module,
      `auto_install triggers must be dependencies, found non-dependencies [${others.join(', ')}]`,
      { file, python: 'AssertionError' },
    )
  }
  return { autoInstall: new Set(textsOf(value)), autoInstallColumn }
}
