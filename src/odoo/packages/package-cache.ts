import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf } from '../../base/index.js'

const cacheSchema = z.object({
  format: z.literal(1),
  packages: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      file: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
})

/** A package that was fetched: its distribution, version, wheel and the wheel's SHA-256. */
export interface CachedPackage {
  readonly name: string
  readonly version: string
  readonly file: string
  readonly sha256: string
}

/** The packages of a release in moult's cache. */
export interface PackageCache {
  readonly series: string
  /** The folder that Python searches. */
  readonly folder: string
  readonly packages: readonly CachedPackage[]
}

const FILE = 'packages.json'

/** `<cache>/python-packages/<release>` */
export function packageFolder(cache: string, series: string): string {
  return join(cache, 'python-packages', series)
}

/** The folder of it that Python searches. */
export function packageSite(cache: string, series: string): string {
  return join(packageFolder(cache, series), 'site')
}

/** What was fetched for a release; empty where nothing was, or the record cannot be read. */
export async function readPackageCache(cache: string, series: string): Promise<PackageCache> {
  const folder = packageSite(cache, series)
  try {
    const text = await readFile(join(packageFolder(cache, series), FILE), 'utf8')
    const { packages } = cacheSchema.parse(JSON.parse(text))
    return { series, folder, packages }
  } catch (error) {
    const isUnreadable = error instanceof z.ZodError || error instanceof SyntaxError
    if (isUnreadable || codeOf(error) === 'ENOENT') return { series, folder, packages: [] }
    throw error
  }
}

/** The record's file name and text. */
export function renderPackageCache(packages: readonly CachedPackage[]): readonly [string, string] {
  return [FILE, `${JSON.stringify({ format: 1, packages }, null, 2)}\n`]
}
