import { UserError } from '../base/index.js'

/** Sections of an INI file: section → key (lower case) → value. */
export type IniFile = ReadonlyMap<string, ReadonlyMap<string, string>>

const SECTION = /^\[([^\]]+)\]/
const OPTION = /^([^=:]*?)\s*[=:]\s*(.*)$/
const COMMENT = /^\s*[#;]/

/**
 * Reads an INI file by the rules of Python's `RawConfigParser`, with which Odoo reads its own: keys
 * are lower-cased, indented lines continue a value, `#` and `;` begin comments only at a line's
 * beginning, nothing is interpolated.
 *
 * Errors: INI_INVALID with the line, for what `RawConfigParser` refuses as well.
 */
export function readIni(text: string, file: string): IniFile {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  let key: string | undefined
  text.split(/\r?\n/).forEach((line, index) => {
    const invalid = (message: string): UserError =>
      new UserError('INI_INVALID', message, {
        place: { file, line: index + 1 },
        hint: 'A configuration file has lines [section] and key = value.',
      })
    if (line.trim() === '' || COMMENT.test(line)) return
    if (/^\s/.test(line) && section !== undefined && key !== undefined) {
      section.set(key, `${section.get(key)}\n${line.trim()}`.trim())
      return
    }
    const header = SECTION.exec(line)
    if (header !== null) {
      const name = header[1] ?? ''
      if (sections.has(name)) throw invalid(`section [${name}] comes twice`)
      section = new Map()
      sections.set(name, section)
      key = undefined
      return
    }
    const option = OPTION.exec(line)
    if (section === undefined) throw invalid('a line stands before the first [section]')
    if (option === null || option[1] === '') throw invalid(`"${line}" is no "key = value"`)
    key = (option[1] ?? '').toLowerCase()
    if (section.has(key)) throw invalid(`"${key}" comes twice in its section`)
    section.set(key, (option[2] ?? '').trim())
  })
  return sections
}
