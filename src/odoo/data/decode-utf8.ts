import { UserError } from '../../base/index.js'

/** The text of a file that must be UTF-8, a byte order mark left out. Errors: DATA_NOT_UTF8. */
export function decodeUtf8(content: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch (cause) {
    throw new UserError('DATA_NOT_UTF8', `${file} is not written in UTF-8`, {
      place: { file },
      hint: 'Odoo refuses the file as well; save it in UTF-8.',
      cause,
    })
  }
}
