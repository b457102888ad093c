import { type GetTextTranslation, type GetTextTranslations, po } from 'gettext-parser'
import { Findings, UserError } from '../../../base/index.js'
import { decodeUtf8 } from '../decode-utf8.js'
import type { PoEntry, PoFile, PoReference } from './po-file.js'
import { readPoReference } from './read-po-reference.js'

export interface PoFileSource {
  readonly file: string
  readonly content: Uint8Array
  /** The template `<module>.pot` in the same folder: its comments and references count, and only its texts. */
  readonly template?: { readonly file: string; readonly content: Uint8Array }
}

const MODULES = /^modules?: ([\p{L}\p{N}_]+)/u

/**
 * Reads a module's translations into a language as Odoo does: obsolete entries and those without source are
 * left out, fuzzy ones stay. An entry whose comment names no module is a finding PO_ENTRY_WITHOUT_MODULE (Odoo
 * breaks off), a reference of no known kind is PO_REFERENCE_UNKNOWN.
 *
 * Errors: DATA_NOT_UTF8, PO_INVALID.
 */
export function readPoFile({ file, content, template }: PoFileSource): PoFile {
  const findings = new Findings()
  const own = parsePo(content, file)
  const known = template && messages(parsePo(template.content, template.file))
  const entries = [...messages(own)].flatMap(([key, message]) => {
    const source = known === undefined ? message : known.get(key)
    if (source === undefined) return []
    return readEntry({ ...message, ...commentsOf(source) }, file, findings)
  })
  const headers: GetTextTranslations['headers'] | undefined = own.headers
  const language = headers?.Language ?? headers?.language ?? ''
  return { file, language, entries, findings: findings.list() }
}

function parsePo(content: Uint8Array, file: string): GetTextTranslations {
  const text = decodeUtf8(content, file)
  try {
    return po.parse(Buffer.from(text), { defaultCharset: 'utf-8' })
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new UserError('PO_INVALID', `${file} is no PO file: ${message}`, {
      place: { file },
      hint: 'Correct it, with an editor of PO files for example.',
      cause,
    })
  }
}

function messages(parsed: GetTextTranslations): ReadonlyMap<string, GetTextTranslation> {
  const found = new Map<string, GetTextTranslation>()
  for (const [context, entries] of Object.entries(parsed.translations)) {
    for (const [source, message] of Object.entries(entries)) {
      if (source !== '') found.set(JSON.stringify([context, source]), message)
    }
  }
  return found
}

function commentsOf({ comments }: GetTextTranslation): Pick<GetTextTranslation, 'comments'> {
  return comments === undefined ? {} : { comments }
}

function readEntry(
  { msgid, msgctxt, msgstr, comments }: GetTextTranslation,
  file: string,
  findings: Findings,
): readonly PoEntry[] {
  const lines = (comments?.extracted ?? '').split('\n')
  const module = lines.map((line) => MODULES.exec(line)?.[1]).find((name) => name !== undefined)
  if (module === undefined) {
    findings.add({
      code: 'PO_ENTRY_WITHOUT_MODULE',
      severity: 'warning',
      message: `${file}: no comment says which module the text ${JSON.stringify(short(msgid))} is of`,
      place: { file },
      hint: 'Add "#. module: <name>"; Odoo breaks off where it is missing.',
    })
    return []
  }
  return [
    {
      source: msgid,
      ...(msgctxt ? { context: msgctxt } : {}),
      translation: (msgstr as readonly string[] | undefined)?.[0] ?? '',
      module,
      references: referencesOf(comments?.reference ?? '', file, findings),
      comments: lines.filter((line) => line !== '' && !line.startsWith('module:')),
      isFuzzy: (comments?.flag ?? '').split(/,\s*/).includes('fuzzy'),
    },
  ]
}

/** Only the first reference to code counts. */
function referencesOf(text: string, file: string, findings: Findings): readonly PoReference[] {
  const references: PoReference[] = []
  let hasCode = false
  for (const part of text.split(/\s+/).filter((occurrence) => occurrence !== '')) {
    const reference = readPoReference(part)
    if (reference === undefined) {
      findings.add({
        code: 'PO_REFERENCE_UNKNOWN',
        severity: 'info',
        message: `${file}: the reference "${short(part)}" is of no known kind`,
        place: { file },
      })
    } else if (reference.kind !== 'code' || !hasCode) {
      references.push(reference)
      hasCode ||= reference.kind === 'code'
    }
  }
  return references
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
