import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  type Finding,
  inParallel,
  OutsideError,
  type Progress,
  writeError,
} from '../../../base/index.js'
import { isStoredName, makeFolders } from '../filestore.js'
import type { BackupFile } from './backup-file.js'

/** Writes the attachments of a backup into a folder; content is checked against its name (sha1). */
export async function restoreFiles(
  backup: BackupFile,
  folder: string,
  progress: Progress,
): Promise<readonly Finding[]> {
  const { files } = backup
  if (files.length === 0) return []
  const damaged: string[] = []
  await makeFolders(folder, files)
  await refuseFullDisk(
    folder,
    files.reduce((sum, file) => sum + file.size, 0),
  )
  await progress.step('Unpacking attachments', { unit: 'files', total: files.length }, (step) =>
    inParallel(files, async ({ name }) => {
      const path = join(folder, name)
      const hash = createHash('sha1')
      const hashed = async function* (): AsyncIterable<Uint8Array> {
        for await (const chunk of backup.readFile(name)) {
          hash.update(chunk)
          yield chunk
        }
      }
      try {
        await pipeline(hashed(), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
      } catch (error) {
        throw writeError(error, path)
      }
      if (isStoredName(name) && hash.digest('hex') !== basename(name)) damaged.push(name)
      step.advance(1, name)
    }),
  )
  if (damaged.length === 0) return []
  return [
    {
      code: 'FILES_DAMAGED',
      severity: 'warning',
      message: `${damaged.length} attachments do not match their checksum: ${damaged.slice(0, 5).join(', ')}`,
      hint: 'They were damaged before the backup was made. Look for them in an older one.',
      data: { files: damaged },
    },
  ]
}

/** Better refused at once than after an hour. */
async function refuseFullDisk(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (needed < free) return
  throw new OutsideError(
    'DISK_FULL',
    `The attachments need ${needed} bytes; the disk of ${folder} has ${free} left`,
    {
      place: { file: folder },
      hint: 'Make room, choose another disk with --data-dir, or leave the attachments out with --without-filestore.',
    },
  )
}
