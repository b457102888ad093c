import { codeOf, MoultError, messageOf, OutsideError, UserError } from './errors.js'

/** What went wrong while a file was opened or read: missing, not readable, or the disk failed. */
export function readError(error: unknown, path: string): MoultError {
  if (error instanceof MoultError) return error
  const details = { place: { file: path }, cause: error }
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new UserError('FILE_NOT_FOUND', `There is no file ${path}`, {
        ...details,
        hint: 'Check the path; a relative path starts at the current folder.',
      })
    case 'EISDIR':
      return new UserError('FILE_UNREADABLE', `${path} is a folder, not a file`, {
        ...details,
        hint: 'Name a file inside of it.',
      })
    case 'EACCES':
    case 'EPERM':
      return new UserError('FILE_UNREADABLE', `No permission to read ${path}`, {
        ...details,
        hint: 'Run moult as a user who may read the file, or change its permissions.',
      })
    default:
      return new OutsideError('READ_FAILED', `Cannot read ${path}: ${messageOf(error)}`, {
        ...details,
        hint: 'Check the disk or network share that holds the file, then run the command again.',
      })
  }
}

/** What went wrong while a file was created or written: no folder, no permission, no space. */
export function writeError(error: unknown, path: string): MoultError {
  if (error instanceof MoultError) return error
  const details = { place: { file: path }, cause: error }
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new UserError('FILE_NOT_FOUND', `The folder of ${path} does not exist`, {
        ...details,
        hint: 'Create the folder first, or choose another path.',
      })
    case 'EISDIR':
      return new UserError('FILE_NOT_WRITABLE', `${path} is a folder, not a file`, {
        ...details,
        hint: 'Name a file inside of it.',
      })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UserError('FILE_NOT_WRITABLE', `No permission to write ${path}`, {
        ...details,
        hint: 'Run moult as a user who may write to that folder, or choose another path.',
      })
    case 'ENOSPC':
    case 'EDQUOT':
      return new OutsideError('DISK_FULL', `No space left to write ${path}`, {
        ...details,
        hint: 'Free space on the disk or choose a path on another one, then run the command again.',
      })
    default:
      return new OutsideError('WRITE_FAILED', `Cannot write ${path}: ${messageOf(error)}`, {
        ...details,
        hint: 'Check the disk or network share that holds the file, then run the command again.',
      })
  }
}

/**
 * An error of the file system, told as moult tells it; anything else stays as it is. For what nobody nearer
 * to the file has caught.
 */
export function explainSystemError(error: unknown): unknown {
  if (error instanceof MoultError || !(error instanceof Error) || !('errno' in error)) return error
  const paths = [Reflect.get(error, 'dest'), Reflect.get(error, 'path')]
  const path = paths.find((value) => typeof value === 'string')
  return path === undefined ? error : writeError(error, path)
}
