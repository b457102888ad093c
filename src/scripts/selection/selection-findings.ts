import { basename } from 'node:path'
import type { Finding } from '../../base/index.js'
import type { ScriptDecision } from './script-decision.js'
import { looksLikeScript } from './script-file.js'
import type { ModuleScripts } from './select-module-scripts.js'

/** Folders that belong to Python, to editors or to version control: nobody means a version by them. */
const NOT_MEANT = /^[._]/

/** What the user should know of the scripts that were found. */
export function selectionFindings(
  decisions: readonly ScriptDecision[],
  modules: readonly ModuleScripts[],
): readonly Finding[] {
  return [
    ...decisions.flatMap(aboutDecision),
    ...modules.flatMap(({ pre, post, end }) => [pre, post, end].flatMap(duplicates)),
  ]
}

function aboutDecision(decision: ScriptDecision): readonly Finding[] {
  const { module, path, directory = '' } = decision
  if (decision.reason === 'invalid-version-name' && !NOT_MEANT.test(directory)) {
    return [
      {
        code: 'SCRIPT_VERSION_INVALID',
        severity: 'warning',
        message: `Invalid version for upgrade script '${path}'`,
        place: { file: path, object: module },
        hint: 'Name the folder like a version: 1.2, 1.2.3, or with the series in front, 17.0.1.2.',
        data: { module, directory },
      },
    ]
  }
  if (decision.reason === 'not-a-script' && looksLikeScript(basename(path))) {
    return [
      {
        code: 'SCRIPT_NAME_SUSPECT',
        severity: 'warning',
        message: `${path} does not run: its name is no script's`,
        place: { file: path, object: module },
        hint: 'Begin the name with "pre-", "post-" or "end-" and end it with ".py", all in lower case.',
        data: { module, directory },
      },
    ]
  }
  return []
}

/** The same name in the same folder of several sources: all of them run, none replaces another. */
function duplicates(scripts: ModuleScripts['pre']): readonly Finding[] {
  const byName = new Map<string, (typeof scripts)[number][]>()
  for (const script of scripts) {
    const key = `${script.directory}/${script.name}`
    byName.set(key, [...(byName.get(key) ?? []), script])
  }
  return [...byName.values()].flatMap((copies) => {
    const [first] = copies
    if (first === undefined || copies.length === 1) return []
    return [
      {
        code: 'SCRIPT_DUPLICATE',
        severity: 'info' as const,
        message: `${first.module} has ${first.directory}/${first.name} ${copies.length} times; every copy runs`,
        place: { file: first.file, object: first.module },
        hint: 'Remove the copies that are not meant to run.',
        data: { module: first.module, files: copies.map((copy) => copy.file) },
      },
    ]
  })
}
