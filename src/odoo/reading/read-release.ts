import { availableParallelism } from 'node:os'
import { Findings, Progress } from '../../base/index.js'
import { trimParsed } from '../../cache/index.js'
import { type AddonsTree, readAddonsTree } from '../addons/index.js'
import { executeModules, readModules } from '../models/index.js'
import { buildGraph, knownModules, type NotAdded } from '../modules/index.js'
import { readFrameworkDocs } from './framework-docs.js'
import type { ReadReleaseOptions, ReleaseSource } from './release-source.js'

const MOST_THREADS = 4
/** Starting threads takes longer than reading so few modules. */
const FEW_MODULES = 12
const ROOT_MODULE = 'base'

/**
 * Reads the Python part of a release: no line of it is run. What could not be read is told by the
 * findings, with file and line.
 *
 * Errors: RELEASE_UNKNOWN, RELEASE_MISMATCH, RELEASE_UNSUPPORTED, READ_FAILED, CANCELLED, WORKER_FAILED.
 */
export async function readRelease(options: ReadReleaseOptions): Promise<ReleaseSource> {
  const started = performance.now()
  const { progress = new Progress(), cacheDirectory } = options
  const findings = new Findings()
  const { addonsPath, release: given } = options
  const search = given === undefined ? { addonsPath } : { addonsPath, release: given }
  const tree = await readAddonsTree(search, progress, findings)
  const order = orderOf(tree, options, findings)
  const folders = new Map([...tree.modules].map(([name, { folder }]) => [name, folder]))
  const files = await readModules({
    ...{ folders, modules: order, progress },
    ...(cacheDirectory !== undefined && { cacheDirectory }),
    threads: options.threads ?? threadsFor(order.length),
  })
  progress.check('Reading Python')
  const modules = executeModules(order, files, tree.release, findings)
  const read = [...files.values()]
  const count = read.reduce((sum, { files: own }) => sum + own.length, 0)
  const cached = read.reduce((sum, module) => sum + module.cached, 0)
  if (cacheDirectory !== undefined && cached < count) await trimParsed(cacheDirectory)
  return {
    ...{ release: tree.release, tree, order, modules },
    frameworkDocs: await readFrameworkDocs(tree.root),
    findings: findings.list(),
    facts: {
      modules: order.length,
      files: count,
      bytes: read.reduce((sum, { bytes }) => sum + bytes, 0),
      cached,
      milliseconds: Math.round(performance.now() - started),
    },
  }
}

function threadsFor(modules: number): number {
  return modules <= FEW_MODULES ? 0 : Math.min(availableParallelism(), MOST_THREADS)
}

/** The modules that are asked for and all they depend on, in loading order. */
function orderOf(
  tree: AddonsTree,
  { modules: wanted, without = () => false }: ReadReleaseOptions,
  findings: Findings,
): readonly string[] {
  const known = knownModules(tree)
  const installable = [...known.values()].filter(
    (module) => module.installable && module.problem === undefined,
  )
  const names =
    wanted === undefined
      ? installable.map(({ name }) => name)
      : withDependencies([...(known.has(ROOT_MODULE) ? [ROOT_MODULE] : []), ...wanted], known)
  for (const { name, problem } of known.values()) {
    if (problem !== undefined && (wanted === undefined || names.includes(name))) {
      const { code, message, place, hint } = problem
      findings.add({
        ...{ code, severity: 'error', message },
        ...(place !== undefined && { place }),
        ...(hint !== undefined && { hint }),
      })
    }
  }
  const { graph, notAdded } = buildGraph(
    known,
    names.filter((name) => !without(name, tree.release)),
  )
  for (const outside of notAdded) reportOutside(outside, findings)
  return graph.ordered().map(({ name }) => name)
}

function withDependencies(
  names: readonly string[],
  known: ReturnType<typeof knownModules>,
): readonly string[] {
  const all = new Set<string>()
  const open = [...names].reverse()
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (all.has(name)) continue
    all.add(name)
    open.push(...(known.get(name)?.depends ?? []))
  }
  return [...all]
}

function reportOutside(outside: NotAdded, findings: Findings): void {
  const { name } = outside
  if (outside.reason === 'broken') return
  const why =
    outside.reason === 'unmet'
      ? `it needs ${outside.missing.join(', ')}`
      : outside.reason === 'missing'
        ? 'it is not on the addons path'
        : 'its manifest says that it cannot be installed'
  findings.add({
    code: 'MODULE_NOT_READ',
    severity: 'warning',
    message: `Module ${name} is left out: ${why}`,
    hint: 'Add the folder of what is missing to the addons path, or leave the module out.',
    data: { module: name, reason: outside.reason },
  })
}
