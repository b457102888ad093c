/** Sections of an analysis file, by their title. */
export const SECTION_TITLES = {
  Models: 'models',
  Fields: 'fields',
  'XML records': 'xmlIds',
} as const
export type SectionName = (typeof SECTION_TITLES)[keyof typeof SECTION_TITLES]

const SECTION = /^---(Models|Fields|XML records) in module '(.*)'---$/
const FIELD = /^(\S+)\s+\/ (\S+)\s+\/ (\S+)(?: \([^)]*\))?\s*: (.*)$/
const CHANGE =
  /^(relation|type|selection_keys|_inherits|table|_order|column1|column2|module) is now /
const XML_ID = /^(NEW |DEL |)(\S+): (\S+)(.*)$/
const MODEL = /^(new model|obsolete model|model) (\S+)(.*)$/

/** The head of a section, or undefined for any other line. */
export function readSectionHead(
  line: string,
): { readonly section: SectionName; readonly module: string } | undefined {
  const [, title, module = ''] = SECTION.exec(line) ?? []
  if (title === undefined) return undefined
  return { section: SECTION_TITLES[title as keyof typeof SECTION_TITLES], module }
}

/**
 * What a line of an analysis is about, whatever the values in it: the same for two versions of a line of which
 * one has other values. A line of no known form stands for itself.
 */
export function lineSubject(section: SectionName, text: string): string {
  const line = text.trim().replace(/\s+/g, ' ')
  const parts = { models: modelParts, fields: fieldParts, xmlIds: xmlIdParts }[section](line)
  return [section, ...(parts ?? [line])].join('\0')
}

function modelParts(line: string): readonly string[] | undefined {
  const [, head = '', model = '', rest = ''] = MODEL.exec(line) ?? []
  const [, change = ''] = /^ \((renamed to|renamed from|moved to|moved from) /.exec(rest) ?? []
  return model === '' ? undefined : [head, model, change]
}

function fieldParts(line: string): readonly string[] | undefined {
  const [, module, model, field, text] = FIELD.exec(line) ?? []
  if (module === undefined || model === undefined || field === undefined) return undefined
  return [module, model, field, topicOf(text ?? '')]
}

function topicOf(text: string): string {
  const [word = ''] = text.split(' ')
  if (word === 'NEW' || word === 'DEL')
    return /\bmode: modify\b/.test(text) ? `${word} modify` : word
  const [, attribute] = CHANGE.exec(text) ?? []
  return attribute ?? (text.startsWith('previously in module') ? 'previously' : text)
}

function xmlIdParts(line: string): readonly string[] | undefined {
  const [, side = '', model, name] = XML_ID.exec(line) ?? []
  return model === undefined || name === undefined ? undefined : [side.trim(), model, name]
}
