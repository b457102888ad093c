import { readFileSync } from 'node:fs'
import { type Findings, MoultError, messageOf } from '../../base/index.js'
import { ContentCache, contentKey } from '../../cache/index.js'
import type { DataFacts } from '../../odoo/data/index.js'
import type { Apriori } from '../../odoo/modules/index.js'
import { compareCodePoints } from '../../odoo/release/index.js'
import { nameMaps } from '../compare/name-maps.js'
import type { RecordedRelease } from '../records/recorded-release.js'
import { type NoupdateChange, noupdateChanges } from './noupdate-changes.js'
import type { NoupdateNode } from './noupdate-node.js'
import { mergeModules } from './noupdate-records.js'
import { readNoupdateNodes } from './read-noupdate-nodes.js'

type Data = ReadonlyMap<string, readonly DataFacts[]>

export interface NoupdateRequest {
  readonly old: RecordedRelease
  readonly now: RecordedRelease
  readonly apriori: Apriori
  readonly cacheDirectory?: string
}

type Changes = ReadonlyMap<string, readonly NoupdateChange[]>

/** Changes whenever the same releases may give other changes. */
const VERSION = 1

/**
 * Compares the records that must not be updated, module by module of the new release; modules without changes
 * are left out. Files that cannot be read are passed over: the reading of the release has told of them. The
 * changes are kept for releases that are kept themselves.
 */
export function compareNoupdate(request: NoupdateRequest, findings: Findings): Changes {
  const { old, now, apriori, cacheDirectory } = request
  if (old.key === undefined || now.key === undefined) return compareFiles(request, findings)
  const cache = new ContentCache(cacheDirectory, 'noupdate-changes', VERSION)
  const names = [[...apriori.renamedModules], [...apriori.mergedModules]]
  const key = contentKey(Buffer.from(JSON.stringify([old.key, now.key, names])))
  const known = cache.read(key)
  if (known !== undefined) return new Map(JSON.parse(known) as [string, NoupdateChange[]][])
  const changes = compareFiles(request, findings)
  cache.write(key, JSON.stringify([...changes]))
  return changes
}

function compareFiles(
  { old: { data: old }, now: { data: now, records }, apriori }: NoupdateRequest,
  findings: Findings,
): Changes {
  const maps = nameMaps(apriori)
  const fields = new Set(records.fields.map(({ model, field }) => `${model} ${field}`))
  const hasField = (model: string, field: string): boolean => fields.has(`${model} ${field}`)
  const oldModules = new Map<string, string[]>()
  for (const module of [...old.keys()].sort(compareCodePoints)) {
    const target = maps.moduleOf(module)
    oldModules.set(target, [...(oldModules.get(target) ?? []), module])
  }
  const changed = new Map<string, readonly NoupdateChange[]>()
  for (const module of [...now.keys()].sort(compareCodePoints)) {
    const ids = noupdateIds(module, now.get(module) ?? [])
    if (ids.size === 0) continue
    const names = [module, ...(oldModules.get(module) ?? [])]
    const wanted = withPrefixes(ids, names)
    const nodesOf = (data: Data, name: string): readonly NoupdateNode[] =>
      (data.get(name) ?? []).flatMap((file) => readNodes(file, wanted, findings))
    const before = mergeModules(
      (oldModules.get(module) ?? []).map((name) => ({ module: name, nodes: nodesOf(old, name) })),
    )
    const after = mergeModules([{ module, nodes: nodesOf(now, module) }])
    const changes = noupdateChanges(before, after, hasField)
    if (changes.length > 0) changed.set(module, changes)
  }
  return changed
}

/** Ids that a module's XML files name under noupdate, without its own prefix. */
function noupdateIds(module: string, files: readonly DataFacts[]): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const { path, named } of files) {
    if (!isXml(path)) continue
    for (const { id, noupdate } of named) {
      if (noupdate) ids.add(id.startsWith(`${module}.`) ? id.slice(module.length + 1) : id)
    }
  }
  return ids
}

/** The ids as they may be written in files of any of the modules. */
function withPrefixes(ids: ReadonlySet<string>, modules: readonly string[]): ReadonlySet<string> {
  const wanted = new Set(ids)
  for (const id of ids) for (const module of modules) wanted.add(`${module}.${id}`)
  return wanted
}

function readNodes(
  { path, file, named }: DataFacts,
  wanted: ReadonlySet<string>,
  findings: Findings,
): readonly NoupdateNode[] {
  if (!isXml(path) || !named.some(({ id }) => wanted.has(id))) return []
  try {
    return readNoupdateNodes(readFileSync(file), file, wanted)
  } catch (error) {
    if (error instanceof MoultError) return []
    findings.add({
      code: 'DATA_FILE_UNREADABLE',
      severity: 'error',
      message: `${path} cannot be read: ${messageOf(error)}`,
      place: { file },
    })
    return []
  }
}

function isXml(path: string): boolean {
  return path.toLowerCase().endsWith('.xml')
}
