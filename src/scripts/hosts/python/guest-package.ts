import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file of the guest package; the path is relative to it, with slashes. */
export interface GuestFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** The folder of moult's own Python code; as deep above the sources as above the compiled files. */
export function guestPackageFolder(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '../../../../python')
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
