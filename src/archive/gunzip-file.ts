import { createGunzip } from 'node:zlib'
import { codeOf, MoultError, messageOf, UserError } from '../base/index.js'
import { openInputFile } from './input-file.js'
import { through, ZLIB_CHUNK } from './through.js'

/**
 * The content of a gzip file, all members of it. GZIP_TRUNCATED and GZIP_CORRUPT tell a file that
 * was cut short from one with wrong bytes; both may come only after most of the content.
 */
export async function* gunzipFile(path: string): AsyncGenerator<Uint8Array> {
  const file = await openInputFile(path)
  const gunzip = createGunzip({ chunkSize: ZLIB_CHUNK })
  try {
    yield* through(file.chunks(), gunzip)
    // zlib takes no bytes at all for a complete file.
    if (gunzip.bytesWritten === 0) throw truncated(path)
  } catch (error) {
    throw gunzipError(error, path)
  } finally {
    await file.close()
  }
}

function gunzipError(error: unknown, path: string): unknown {
  if (error instanceof MoultError) return error
  const code = codeOf(error)
  if (code === 'Z_BUF_ERROR') return truncated(path, error)
  if (!code?.startsWith('Z_')) return error
  return new UserError('GZIP_CORRUPT', `${path} is damaged: ${messageOf(error)}`, {
    hint: 'Copy or download the file again; if the original is damaged too, use another backup.',
    place: { file: path },
    cause: error,
  })
}

function truncated(path: string, cause?: unknown): UserError {
  return new UserError('GZIP_TRUNCATED', `${path} is incomplete: it ends in the middle`, {
    hint: 'Copy or download the file again and compare its size with the original.',
    place: { file: path },
    cause,
  })
}
