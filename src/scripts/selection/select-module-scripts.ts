import type { EndModule, LoadedModule, ProfileRules } from '../../odoo/modules/index.js'
import {
  type Release,
  readScriptVersion,
  type ScriptVersion,
  type VersionKey,
  versionKey,
} from '../../odoo/release/index.js'
import type { Phase, ScriptFile, SelectedScript, VersionDirectory } from './migration-script.js'
import { isPhaseRun } from './phase-gate.js'
import type { DecisionReason, ScriptDecision } from './script-decision.js'
import { orderFiles, orderVersions } from './script-order.js'
import { judgeVersion, passes, type VersionRange, type VersionVerdict } from './version-gate.js'

/** One module at its turn, with everything found of it. */
export interface ModuleTurn {
  readonly loaded: LoadedModule
  /** The module at the end of the run; absent if it never gets there. */
  readonly end: EndModule | undefined
  /** In the order of the sources. */
  readonly directories: readonly VersionDirectory[]
}

/** What holds for all modules of a run. */
export interface TurnOptions {
  readonly release: Release
  readonly rules: ProfileRules
  readonly pythonOnly: boolean
}

/** Scripts of a module by phase, in order, and why each runs or not. */
export interface ModuleScripts {
  readonly pre: readonly SelectedScript[]
  readonly post: readonly SelectedScript[]
  readonly end: readonly SelectedScript[]
  readonly decisions: readonly ScriptDecision[]
}

type Version = Extract<ScriptVersion, { kind: 'version' }>

interface Candidate {
  readonly directory: VersionDirectory
  readonly script: ScriptFile
  readonly source: VersionDirectory['source']
}

/** A folder's name over all sources, and the scripts in it. */
interface Group {
  readonly name: string
  readonly full: string
  readonly key: VersionKey
  readonly rank: number
  readonly verdict: VersionVerdict
  readonly candidates: Candidate[]
}

/** Selects the scripts of one module for its three phases. */
export function selectModuleScripts(turn: ModuleTurn, options: TurnOptions): ModuleScripts {
  const decisions: ScriptDecision[] = []
  const groups = groupByName(turn, options, decisions)
  const selected = (phase: Phase) => selectPhase(turn, groups, phase, options, decisions)
  return { pre: selected('pre'), post: selected('post'), end: selected('end'), decisions }
}

function groupByName(
  turn: ModuleTurn,
  options: TurnOptions,
  decisions: ScriptDecision[],
): readonly Group[] {
  const { installedVersion, targetVersion } = turn.loaded
  const range = { installed: versionKey(installedVersion), target: versionKey(targetVersion) }
  const groups = new Map<string, Group>()
  for (const directory of turn.directories) {
    const version = readScriptVersion(directory.name, options.release)
    const refused = refusalOf(directory, version, options.rules)
    if (refused !== undefined || version.kind !== 'version') {
      decisions.push(aboutFolder(directory, refused ?? 'invalid-version-name'))
      continue
    }
    for (const name of directory.otherFiles) {
      const path = `${directory.folder}/${name}`
      decisions.push({ ...aboutFolder(directory, 'not-a-script'), path })
    }
    const known = groups.get(directory.name)
    const group = known ?? newGroup(directory, version, range)
    if (known === undefined) groups.set(directory.name, group)
    for (const script of directory.scripts) {
      if (options.pythonOnly && script.language !== 'python') {
        decisions.push({ ...aboutFolder(directory, 'not-python'), path: script.file })
        continue
      }
      group.candidates.push({ directory, script, source: directory.source })
    }
  }
  return [...groups.values()].filter((group) => group.candidates.length > 0)
}

/** Folders come in the order of their sources, so the first one has the lowest rank. */
function newGroup(directory: VersionDirectory, version: Version, range: VersionRange): Group {
  const { name, source } = directory
  const key = versionKey(version.full)
  const verdict = judgeVersion({ name, key, majorLess: version.majorLess }, range)
  return { name, full: version.full, key, rank: source.rank, verdict, candidates: [] }
}

function refusalOf(
  directory: VersionDirectory,
  version: ScriptVersion,
  rules: ProfileRules,
): DecisionReason | undefined {
  if (version.kind === 'invalid') return 'invalid-version-name'
  if (version.kind === 'ignored') return 'ignored-directory'
  const isOwn = directory.source.kind !== 'upgrade'
  const isDropped = rules.droppedScripts.some(
    ([module, name]) => module === directory.module && name === directory.name,
  )
  return isOwn && isDropped ? 'odoo-script-dropped-by-openupgrade' : undefined
}

function aboutFolder(directory: VersionDirectory, reason: DecisionReason): ScriptDecision {
  return {
    module: directory.module,
    selected: false,
    reason,
    path: directory.folder,
    directory: directory.name,
    source: directory.source.kind,
  }
}

function selectPhase(
  turn: ModuleTurn,
  groups: readonly Group[],
  phase: Phase,
  options: TurnOptions,
  decisions: ScriptDecision[],
): readonly SelectedScript[] {
  const refusal = phaseRefusal(turn, phase, options.rules)
  const { installedVersion, targetVersion } = turn.loaded
  const selected: SelectedScript[] = []
  for (const group of orderVersions(groups, phase)) {
    const runs = refusal === undefined && passes(group.verdict)
    const reason = refusal ?? (runs && turn.loaded.isNew ? 'new-module' : group.verdict)
    const inPhase = group.candidates.filter(({ script }) => script.phase === phase)
    for (const candidate of orderFiles(inPhase, options.release)) {
      const { script, directory, source } = candidate
      decisions.push({
        module: directory.module,
        selected: runs,
        reason,
        path: script.file,
        directory: directory.name,
        phase,
        source: source.kind,
        fullVersion: group.full,
        installedVersion,
        targetVersion,
      })
      if (runs) {
        selected.push({
          module: directory.module,
          ...script,
          directory: directory.name,
          fullVersion: group.full,
          source,
          installedVersion: installedVersion ?? '',
        })
      }
    }
  }
  return selected
}

/** Why none of a phase's scripts run, whatever their versions are. */
function phaseRefusal(
  { loaded, end }: ModuleTurn,
  phase: Phase,
  rules: ProfileRules,
): DecisionReason | undefined {
  if (loaded.isNew) {
    if (phase === 'end' || !rules.newInstallPhases.includes(phase)) return 'new-install'
    // Their state is shown as "to upgrade" only when scripts are run, not when they are looked for.
    return loaded.updateFlag ? undefined : 'new-install-not-asked-for'
  }
  const atEnd = phase === 'end'
  const isRun = isPhaseRun(phase, {
    state: loaded.stateBefore,
    updateFlag: atEnd ? end?.updateFlag === true : loaded.updateFlag,
    loadState: end?.loadState ?? null,
  })
  return isRun ? undefined : 'not-updated'
}
