import type { Apriori } from './apriori.js'
import type { ModuleDependency, ModuleRow, ModuleRows } from './module-row.js'

/** Who says that a module has another name now. */
export type RenameSource = 'apriori' | 'environment' | 'corrected-key' | 'decision'

/** Names of modules that changed, from one source, in order. */
export interface ModuleRenames {
  readonly renamed: ReadonlyMap<string, string>
  readonly merged: ReadonlyMap<string, string>
}

/** A rename that meets a module of the database. */
export interface AppliedRename {
  readonly kind: 'renamed' | 'merged'
  readonly old: string
  readonly new: string
  /**
   * `apriori`: the pre script of `base` does it by itself. The others have to be done behind that script, as
   * `update_module_names` does.
   */
  readonly source: RenameSource
}

/** The table under its new names. */
export interface RenamedRows {
  readonly rows: ModuleRows
  readonly applied: readonly AppliedRename[]
  /** Renames onto a name that has a row already: the script would break there. */
  readonly conflicts: readonly AppliedRename[]
  /** Keys with blanks around them, as written: they name no module. */
  readonly blankKeys: readonly string[]
}

/** What {@link applyRenames} goes by. */
export interface RenameOptions {
  /** OPENUPGRADE_RENAMED_MODULES and OPENUPGRADE_MERGED_MODULES. */
  readonly environment?: ModuleRenames
  /** Decisions that a module was replaced by another one: a merge. */
  readonly replacedBy?: ReadonlyMap<string, string>
  /** Keys with blanks around them never match, as with the reference; else they are corrected. */
  readonly strict?: boolean
}

interface Entry extends AppliedRename {
  readonly merges: boolean
}

/**
 * Does to the module table what `update_module_names` of openupgradelib does to it when the pre script of
 * `base` calls it: first all renames, then all merges, source by source.
 */
export function applyRenames(
  rows: ModuleRows,
  apriori: Pick<Apriori, 'renamedModules' | 'mergedModules'>,
  options: RenameOptions = {},
): RenamedRows {
  const own = { renamed: apriori.renamedModules, merged: apriori.mergedModules }
  const corrected = options.strict === true ? [] : entriesOf(correct(own), 'corrected-key')
  const entries = [
    ...entriesOf(own, 'apriori'),
    ...corrected,
    ...entriesOf(options.environment, 'environment'),
    ...entriesOf({ renamed: new Map(), merged: options.replacedBy ?? new Map() }, 'decision'),
  ]
  const applied: AppliedRename[] = []
  const conflicts: AppliedRename[] = []
  let current = new Map(rows)
  for (const { merges, ...rename } of entries) {
    if (rename.old === rename.new) continue
    if (!current.has(rename.old)) {
      // Rows of dependencies are renamed all the same.
      current = renameDependencies(current, rename)
      continue
    }
    const exists = current.has(rename.new)
    if (exists && !merges) {
      conflicts.push(rename)
      continue
    }
    current = exists ? merge(current, rename) : renameRow(current, rename)
    applied.push(rename)
  }
  return { rows: current, applied, conflicts, blankKeys: blankKeysOf(own) }
}

function entriesOf(renames: ModuleRenames | undefined, source: RenameSource): readonly Entry[] {
  if (renames === undefined) return []
  const entry =
    (kind: AppliedRename['kind']) =>
    ([old, name]: readonly [string, string]): Entry => ({
      kind,
      old,
      new: name,
      source,
      merges: kind === 'merged',
    })
  return [
    ...[...renames.renamed].map(entry('renamed')),
    ...[...renames.merged].map(entry('merged')),
  ]
}

/** Only the entries whose key has blanks around it, without them. */
function correct(renames: ModuleRenames): ModuleRenames {
  const trimmed = (map: ReadonlyMap<string, string>) =>
    new Map([...map].flatMap(([old, name]) => (isBlank(old) ? [[old.trim(), name.trim()]] : [])))
  return { renamed: trimmed(renames.renamed), merged: trimmed(renames.merged) }
}

function blankKeysOf(renames: ModuleRenames): readonly string[] {
  return [...renames.renamed.keys(), ...renames.merged.keys()].filter(isBlank)
}

function isBlank(key: string): boolean {
  return key !== key.trim()
}

function renameRow(rows: ModuleRows, rename: AppliedRename): Map<string, ModuleRow> {
  return new Map(
    [...rows.values()].map((row) => {
      const name = row.name === rename.old ? rename.new : row.name
      return [name, { ...row, name, dependencies: renameIn(row.dependencies, rename) }]
    }),
  )
}

function renameDependencies(rows: ModuleRows, rename: AppliedRename): Map<string, ModuleRow> {
  const renamed = new Map(rows)
  for (const row of rows.values()) {
    const dependencies = renameIn(row.dependencies, rename)
    if (dependencies !== row.dependencies) renamed.set(row.name, { ...row, dependencies })
  }
  return renamed
}

/** The old row goes; the new one takes its state and version over when it was not installed. */
function merge(rows: ModuleRows, rename: AppliedRename): Map<string, ModuleRow> {
  const old = rows.get(rename.old)
  const merged = [...rows.values()].filter((row) => row.name !== rename.old)
  return new Map(
    merged.map((row) => {
      const takesOver = row.name === rename.new && row.state === 'uninstalled' && old !== undefined
      const renamed = { ...row, dependencies: renameIn(row.dependencies, rename) }
      if (!takesOver) return [row.name, renamed]
      return [row.name, { ...renamed, state: old.state, latestVersion: old.latestVersion }]
    }),
  )
}

function renameIn(
  dependencies: readonly ModuleDependency[],
  rename: AppliedRename,
): readonly ModuleDependency[] {
  if (!dependencies.some((dependency) => dependency.name === rename.old)) return dependencies
  const renamed = new Map<string, ModuleDependency>()
  for (const dependency of dependencies) {
    const name = dependency.name === rename.old ? rename.new : dependency.name
    const required = dependency.autoInstallRequired || renamed.get(name)?.autoInstallRequired
    renamed.set(name, { name, autoInstallRequired: required === true })
  }
  return [...renamed.values()]
}
