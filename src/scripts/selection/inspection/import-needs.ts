import { isKnownPackage, needsRelease } from './known-packages.js'
import type { ScriptImport, TierReason } from './script-inspection.js'

/** Packages that a script cannot do without and nobody brings. */
export function unknownPackages(imports: readonly ScriptImport[]): readonly ScriptImport[] {
  return imports.filter(({ module, optional }) => !optional && !isKnownPackage(module))
}

/** The first import of the release's own code. */
export function importReason(imports: readonly ScriptImport[]): TierReason | undefined {
  const found = imports.find(({ module, names }) => needsRelease(module, names))
  return found && { what: `import ${found.module}`, line: found.line }
}
