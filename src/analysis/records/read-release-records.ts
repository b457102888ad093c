import { Findings, type Progress } from '../../base/index.js'
import { ContentCache } from '../../cache/index.js'
import { readAddonsTree } from '../../odoo/addons/index.js'
import { type DataFacts, readReleaseDataFacts } from '../../odoo/data/index.js'
import { type ReleaseSource, readRelease } from '../../odoo/reading/index.js'
import { Registry } from '../../odoo/registry/index.js'
import type { Release } from '../../odoo/release/index.js'
import { FieldRecorder } from './field-recorder.js'
import { modelRecords } from './model-recorder.js'
import { isLeftOut } from './module-set.js'
import { fromText, type RecordedRelease, toText } from './recorded-release.js'
import { RelativePlaces } from './relative-places.js'
import { releaseKey } from './release-key.js'
import type { ReleaseRecords } from './release-records.js'
import { XmlIdRecorder } from './xml-id-recorder.js'

export interface ReadRecordsOptions {
  /** Folders of modules, or the root of a source tree, in search order. */
  readonly addonsPath: readonly string[]
  readonly release?: Release
  /** Only these modules and all that they depend on; by default the whole release. */
  readonly modules?: readonly string[]
  readonly cacheDirectory?: string
  /** Threads that parse; 0 parses in this one. */
  readonly threads?: number
}

/** Changes whenever the same sources may give other records, or the form of the entries changes. */
const VERSION = 1

/**
 * Reads a release and records what each of its modules makes, in loading order. The records are kept by the
 * contents of all files, so that a second reading is nearly free. What could not be read is in its findings.
 *
 * Errors: RELEASE_UNKNOWN, RELEASE_MISMATCH, RELEASE_UNSUPPORTED, READ_FAILED, CANCELLED, WORKER_FAILED.
 */
export async function readReleaseRecords(
  options: ReadRecordsOptions,
  progress: Progress,
): Promise<RecordedRelease> {
  const { cacheDirectory } = options
  const cache = new ContentCache(cacheDirectory, 'release-records', VERSION)
  const key = cacheDirectory === undefined ? undefined : await keyOf(options, progress)
  const known = key === undefined ? undefined : cache.read(key)
  if (known !== undefined) return fromText(known)
  const findings = new Findings()
  const source = await readSource(options, progress, findings)
  const data = await readReleaseDataFacts(
    {
      tree: source.tree,
      modules: source.order,
      ...(cacheDirectory !== undefined && { cacheDirectory }),
      ...(options.threads !== undefined && { threads: options.threads }),
    },
    progress,
    findings,
  )
  const records = recordModules(source, data.modules, findings)
  const bytes = source.facts.bytes + data.facts.bytes
  const release = { records, data: data.modules, bytes, key, findings: findings.list() }
  if (key !== undefined) cache.write(key, toText(release))
  return release
}

/** Names of modules are a part of it: what is left out depends on them. */
async function keyOf(
  { addonsPath, release, modules }: ReadRecordsOptions,
  progress: Progress,
): Promise<string> {
  const search = release === undefined ? { addonsPath } : { addonsPath, release }
  const tree = await readAddonsTree(search, progress, new Findings())
  return releaseKey(tree, modules, VERSION)
}

async function readSource(
  { addonsPath, release, modules, cacheDirectory, threads }: ReadRecordsOptions,
  progress: Progress,
  findings: Findings,
): Promise<ReleaseSource> {
  const source = await readRelease({
    addonsPath,
    progress,
    ...(release !== undefined && { release }),
    ...(modules === undefined ? { without: isLeftOut } : { modules }),
    ...(cacheDirectory !== undefined && { cacheDirectory }),
    ...(threads !== undefined && { threads }),
  })
  for (const finding of source.findings) findings.add(finding)
  return source
}

function recordModules(
  { release, order, modules, tree }: ReleaseSource,
  data: ReadonlyMap<string, readonly DataFacts[]>,
  findings: Findings,
): ReleaseRecords {
  const registry = new Registry(release, findings)
  const fields = new FieldRecorder(registry)
  const xmlIds = new XmlIdRecorder()
  for (const name of order) {
    const module = modules.get(name)
    if (module === undefined) continue
    const load = registry.load(module)
    fields.record(load)
    xmlIds.record(load, data.get(name) ?? [])
  }
  const places = new RelativePlaces(tree.folders)
  return {
    series: release.series,
    modules: order.flatMap((name) => {
      const found = tree.modules.get(name)
      if (found?.manifest === undefined) return []
      return [{ name, version: found.manifest.version, folder: found.folder }]
    }),
    models: places.of(modelRecords(registry)),
    fields: places.of(fields.finish()),
    xmlIds: places.of(xmlIds.finish()),
  }
}
