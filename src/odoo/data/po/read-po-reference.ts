import type { PoReference } from './po-file.js'

const RECORD = /^(model_terms|model):([\p{L}\p{N}_.]+),([\p{L}\p{N}_]+):([\p{L}\p{N}_]+)\.([^ ]+)/u
const CODE = /^code:([\p{L}\p{N}_/.]+)/u
const OLD = /^(?:selection|sql_constraint|constraint):/
const LINE = /:(\d+)$/

/** What a `#:` reference means (odoo/tools/translate.py); undefined for one that Odoo reports as malformed. */
export function readPoReference(text: string): PoReference | undefined {
  const line = LINE.exec(text)
  const occurrence = line === null ? text : text.slice(0, line.index)
  const record = RECORD.exec(occurrence)
  if (record !== null) {
    const [, kind, model = '', field = '', module = '', name = ''] = record
    return { kind: kind === 'model' ? 'model' : 'model_terms', model, field, module, name }
  }
  const code = CODE.exec(occurrence)
  if (code !== null) return { kind: 'code', path: code[1] ?? '', line: Number(line?.[1] ?? 0) }
  return OLD.test(occurrence) ? { kind: 'old', text } : undefined
}
