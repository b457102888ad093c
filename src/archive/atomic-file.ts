import { randomBytes } from 'node:crypto'
import { type FileHandle, link, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf, UserError, writeError } from '../base/index.js'
import { OutputFile } from './output-file.js'

export interface AtomicFileOptions {
  /** Replaces a file that is already there; without it that is FILE_EXISTS. */
  readonly overwrite?: boolean
  /** Cancels the writing; nothing is left behind. */
  readonly signal?: AbortSignal
}

/**
 * Lets `body` write a file that appears under its name only when it is complete and on the disk.
 * Until then it is `<path>.<random>.partial`, which is removed when the body fails or is cancelled.
 * A pipe or a device (`/dev/stdout`) is written directly.
 */
export async function withAtomicFile<T>(
  path: string,
  body: (output: OutputFile) => Promise<T>,
  options: AtomicFileOptions = {},
): Promise<T> {
  const target = await findTarget(path)
  if (target.kind === 'stream') return await writeInto(path, path, 'w', body, options)
  const overwrite = options.overwrite ?? false
  if (target.kind === 'file' && !overwrite) throw fileExists(path)
  const partial = `${target.path}.${randomBytes(4).toString('hex')}.partial`
  try {
    const result = await writeInto(path, partial, 'wx', body, options)
    await publish(partial, target.path, path, overwrite)
    return result
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

type Target =
  | { readonly kind: 'nothing' | 'file'; readonly path: string }
  | { readonly kind: 'stream' }

async function findTarget(path: string): Promise<Target> {
  // Also when the shell has redirected them to a file: that file is open and must not be replaced.
  if (/^\/dev\/(stdout|stderr|fd\/\d+)$/.test(path)) return { kind: 'stream' }
  try {
    const stats = await stat(path)
    if (stats.isDirectory()) throw Object.assign(new Error(`EISDIR: ${path}`), { code: 'EISDIR' })
    if (!stats.isFile()) return { kind: 'stream' }
    // A symbolic link stays one: the file that it points to is replaced.
    return { kind: 'file', path: await realpath(path) }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'nothing', path }
    throw writeError(error, path)
  }
}

async function writeInto<T>(
  path: string,
  place: string,
  flags: 'w' | 'wx',
  body: (output: OutputFile) => Promise<T>,
  options: AtomicFileOptions,
): Promise<T> {
  const handle = await openOutput(place, path, flags)
  try {
    const seekable = (await handle.stat()).isFile()
    const output = new OutputFile(path, handle, { seekable, signal: options.signal })
    const result = await body(output)
    await output.finish()
    return result
  } finally {
    await handle.close()
  }
}

async function openOutput(place: string, path: string, flags: string): Promise<FileHandle> {
  try {
    return await open(place, flags)
  } catch (error) {
    throw writeError(error, path)
  }
}

async function publish(partial: string, target: string, path: string, overwrite: boolean) {
  try {
    if (overwrite) await rename(partial, target)
    else await renameUnlessThere(partial, target, path)
  } catch (error) {
    throw writeError(error, path)
  }
  await syncFolder(dirname(target))
}

/** A rename would replace a file that somebody else has made in the meantime; a link does not. */
async function renameUnlessThere(partial: string, target: string, path: string): Promise<void> {
  try {
    await link(partial, target)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw fileExists(path)
    // No hard links on this file system (FAT, some network shares).
    await rename(partial, target)
    return
  }
  await rm(partial)
}

/** Makes the new name survive a power failure, where the system can do that. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    // Windows and some network shares cannot; the content itself is already on the disk.
  }
}

function fileExists(path: string): UserError {
  return new UserError('FILE_EXISTS', `${path} already exists`, {
    hint: 'Choose another path, delete the file, or ask for it to be overwritten.',
    place: { file: path },
  })
}
