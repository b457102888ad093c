import type { NoupdateChild, NoupdateNode } from './noupdate-node.js'

/** A record or template with everything that the files of a module say about it. */
export interface MergedRecord {
  readonly node: NoupdateNode
  readonly children: readonly NoupdateChild[]
}

/** Records by their id without the module's own prefix: those that are updated, and those that are not. */
export interface MergedRecords {
  readonly update: Map<string, MergedRecord>
  readonly noupdate: Map<string, MergedRecord>
}

/** Merges the nodes of a module's files, in their order, as upgrade_analysis does. */
export function mergeRecords(nodes: readonly NoupdateNode[], module: string): MergedRecords {
  const records: MergedRecords = { update: new Map(), noupdate: new Map() }
  for (const node of nodes) {
    const key = node.id.startsWith(`${module}.`) ? node.id.slice(module.length + 1) : node.id
    const known = records.noupdate.has(key)
      ? records.noupdate
      : records.update.has(key)
        ? records.update
        : undefined
    const target = known ?? (node.noupdate ? records.noupdate : records.update)
    const record = target.get(key)
    target.set(key, record === undefined ? { node, children: node.children } : merged(record, node))
  }
  return records
}

/**
 * Records of several old modules that became one. Files of earlier modules are read again under the name of
 * each later one, so that ids of theirs stay with their prefix as well: that is how upgrade_analysis does it.
 */
export function mergeModules(
  modules: readonly { readonly module: string; readonly nodes: readonly NoupdateNode[] }[],
): MergedRecords {
  const all: MergedRecords = { update: new Map(), noupdate: new Map() }
  const nodes: NoupdateNode[] = []
  for (const module of modules) {
    nodes.push(...module.nodes)
    const records = mergeRecords(nodes, module.module)
    for (const [key, record] of records.update) all.update.set(key, record)
    for (const [key, record] of records.noupdate) all.noupdate.set(key, record)
  }
  return all
}

/** Each child with a name takes the place of those with its tag and name, and goes last. */
function merged(record: MergedRecord, { children }: NoupdateNode): MergedRecord {
  let result = [...record.children]
  for (const child of children) {
    if (child.name !== undefined) {
      result = result.filter(({ tag, name }) => tag !== child.tag || name !== child.name)
    }
    result.push(child)
  }
  return { node: record.node, children: result }
}
