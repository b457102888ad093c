import { readFile } from 'node:fs/promises'
import { codeOf, readError, UserError } from '../../base/index.js'
import {
  iteratePython,
  type PythonDict,
  type PythonValue,
  parsePythonLiteral,
} from '../../text/index.js'

/** The first that exists is the manifest. */
export const MANIFEST_NAMES = ['__manifest__.py', '__openerp__.py'] as const

/** A manifest that cannot be used; `python` is what Odoo raises for it. */
export function invalidManifest(
  module: string,
  message: string,
  details: {
    readonly file: string
    readonly python: string
    readonly cause?: unknown
    readonly line?: number
  },
): UserError {
  const { file, python, cause, line } = details
  return new UserError('MODULE_MANIFEST_INVALID', `Module ${module}: ${message}`, {
    place: { file, ...(line !== undefined && { line }) },
    hint: `Odoo raises ${python} for it as well. Mend the manifest, or take the module off the addons path.`,
    data: { module, python },
    ...(cause !== undefined && { cause }),
  })
}

/**
 * Reads text as Odoo does: strict UTF-8, a byte order mark stays. Undefined when there is no such file.
 *
 * Errors: MODULE_MANIFEST_INVALID for other encodings.
 */
export async function readModuleText(module: string, file: string): Promise<string | undefined> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '')) return undefined
    throw readError(error, file)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    const problem = { file, python: 'UnicodeDecodeError', cause }
    throw invalidManifest(module, `${file} is not UTF-8`, problem)
  }
}

/**
 * The keys and values of a manifest's text, by the rules of `dict.update`: a list of pairs is as good
 * as a dict.
 *
 * Errors: MODULE_MANIFEST_INVALID.
 */
export function parseManifest(module: string, text: string, file: string): PythonDict {
  let value: PythonValue
  try {
    value = parsePythonLiteral(text, { file })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw invalidManifest(module, `the manifest is no Python literal: ${error.message}`, {
      file,
      python: String(error.data.python),
      cause: error,
      ...(error.place?.line !== undefined && { line: error.place.line }),
    })
  }
  if (value instanceof Map) return value
  const pairs = iteratePython(value)?.map(iteratePython)
  if (pairs?.every((pair) => pair?.length === 2) !== true) {
    const python = pairs === undefined || pairs.includes(undefined) ? 'TypeError' : 'ValueError'
    throw invalidManifest(module, 'the manifest is no dict', { file, python })
  }
  return new Map(pairs.map((pair) => [pair?.[0] ?? null, pair?.[1] ?? null]))
}
