import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { packageFile } from '../../../base/index.js'

/** A file of the guest package; the path is relative to it, with slashes. */
export interface GuestFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** The folder of moult's own Python code. */
export function guestPackageFolder(): string {
  return packageFile('python')
}

let files: Promise<readonly GuestFile[]> | undefined

/** Its Python files, read once in the life of the process. */
export function readGuestPackage(): Promise<readonly GuestFile[]> {
  files ??= readAll(guestPackageFolder())
  return files
}

async function readAll(folder: string): Promise<readonly GuestFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(folder, path).startsWith(`tools${sep}`))
    .sort()
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(folder, path).split(sep).join('/'),
      bytes: await readFile(path),
    })),
  )
}
