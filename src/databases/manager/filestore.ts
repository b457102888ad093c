import { constants, existsSync } from 'node:fs'
import { copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { codeOf, inParallel, OutsideError, type Progress, UserError } from '../../base/index.js'
import { firstRow, type Session, sql } from '../../db/index.js'

/** How the files of a copy are made; files are immutable, so a hard link is as good as a copy. */
export type FilestoreMode = 'copy' | 'hardlink'

/** A file of a filestore: its path below the database's folder (`ab/abcd…`) and its size in bytes. */
export interface StoredFile {
  readonly name: string
  readonly size: number
}

/** How a filestore and the attachments that need it agree. */
export interface FilestoreCheck {
  readonly files: number
  readonly bytes: number
  /** Names that an attachment needs and the folder lacks. */
  readonly missing: readonly string[]
  /** Names that the folder holds and no attachment needs. */
  readonly orphans: readonly string[]
}

/** Odoo's list of files to collect; it names work that is done, or the vacuum's, and is never moved. */
const CHECKLIST = 'checklist'
/** `ab/<sha1>`, and the three-digit folders of Odoo before 8.0. Other stores use `scheme://…`. */
const STORED = /^[0-9a-f]{2,3}\/[0-9a-f]{40}$/

/** All files of a filestore, sorted by name; an absent folder is an empty one. */
export async function listFilestore(folder: string): Promise<readonly StoredFile[]> {
  let names: readonly string[]
  try {
    names = await readdir(folder, { recursive: true })
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
  const files: StoredFile[] = []
  const wanted = names
    .map((name) => name.split(sep).join('/'))
    .filter((name) => !name.startsWith(`${CHECKLIST}/`) && name.includes('/'))
  await inParallel(wanted, async (name) => {
    const { size } = await stat(join(folder, name))
    files.push({ name, size })
  })
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The file names that a database's attachments need. */
export async function neededFiles(session: Session): Promise<ReadonlySet<string>> {
  const known = await firstRow<{ there: boolean }>(
    session,
    sql`SELECT to_regclass('public.ir_attachment') IS NOT NULL AS there`,
  )
  if (known?.there !== true) return new Set()
  const { rows } = await session.query<{ name: string }>(
    sql`SELECT DISTINCT store_fname AS name FROM public.ir_attachment
         WHERE store_fname ~ '^[0-9a-f]{2,3}/[0-9a-f]{40}$'`,
  )
  return new Set(rows.map((row) => row.name))
}

/** Whether a path inside a filestore is one that Odoo makes. */
export function isStoredName(name: string): boolean {
  return STORED.test(name)
}

/** Compares the files that are there with those that are needed. */
export function checkFilestore(
  files: readonly StoredFile[],
  needed: ReadonlySet<string>,
): FilestoreCheck {
  const present = new Set(files.map((file) => file.name))
  return {
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.size, 0),
    missing: [...needed].filter((name) => !present.has(name)).sort(),
    orphans: files.map((file) => file.name).filter((name) => !needed.has(name)),
  }
}

/** Copies a filestore to a new folder; the checklist stays behind. */
export async function copyFilestore(
  from: string,
  to: string,
  mode: FilestoreMode,
  progress: Progress,
): Promise<void> {
  const files = await listFilestore(from)
  if (files.length === 0) return
  await progress.step(
    'Copying the filestore',
    { unit: 'files', total: files.length },
    async (step) => {
      await makeFolders(to, files)
      await inParallel(files, async ({ name }) => {
        step.advance(1, name)
        await copyOne(join(from, name), join(to, name), mode)
      })
    },
  )
}

async function copyOne(from: string, to: string, mode: FilestoreMode): Promise<void> {
  if (mode === 'hardlink') {
    try {
      await link(from, to)
      return
    } catch (error) {
      // Another file system: only a copy is possible.
      if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error
    }
  }
  // A reflink where the file system has them, else a copy.
  await copyFile(from, to, constants.COPYFILE_FICLONE)
}

/** Makes the folders of a list of files, each once. */
export async function makeFolders(
  root: string,
  files: readonly { readonly name: string }[],
): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  for (const folder of new Set(files.map((file) => dirname(file.name)))) {
    await mkdir(join(root, folder), { recursive: true, mode: 0o700 })
  }
}

/** Moves a finished folder to its final place, which must be free. */
export async function moveFilestore(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return
  refuseFolder(to)
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await rename(from, to)
}

/** Fails when a database that is to be made would find somebody else's files. */
export function refuseFolder(folder: string): void {
  if (!existsSync(folder)) return
  throw new UserError('FILESTORE_EXISTS', `There is already a filestore in ${folder}`, {
    place: { file: folder },
    hint: 'It belongs to a database that is gone, or to another server. Move it away, or choose another name.',
  })
}

export async function removeFilestore(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true })
  } catch (error) {
    throw new OutsideError(
      'FILESTORE_NOT_REMOVED',
      `The filestore ${folder} could not be removed`,
      {
        cause: error,
        place: { file: folder },
        hint: 'The database itself is gone. Remove the folder by hand.',
      },
    )
  }
}
