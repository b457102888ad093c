import { compareCodePoints } from '../../odoo/release/index.js'
import type { NoupdateChild } from './noupdate-node.js'
import type { MergedRecord, MergedRecords } from './noupdate-records.js'

/** A record that must not be updated, with what a script may write into it. */
export interface NoupdateChange {
  /** Without the prefix of its own module. */
  readonly id: string
  readonly tag: 'record' | 'template'
  readonly model: string
  readonly forcecreate: string | undefined
  readonly fields: readonly NoupdateField[]
  /** A template is replaced as a whole. */
  readonly xml: string
}

export interface NoupdateField {
  readonly name: string
  readonly kind: 'changed' | 'added' | 'emptied'
  readonly xml: string
  readonly oldValue: string | null | undefined
  readonly newValue: string | null | undefined
}

/** Tells whether the new release still has a field. */
export type HasField = (model: string, field: string) => boolean

/** What is different in the records of a module that must not be updated (upgrade_analysis, noupdate changes). */
export function noupdateChanges(
  old: MergedRecords,
  now: MergedRecords,
  hasField: HasField,
): readonly NoupdateChange[] {
  const keys = [...now.noupdate.keys()].sort(compareCodePoints)
  return keys.flatMap((key) => {
    const record = now.noupdate.get(key)
    const before = old.noupdate.get(key) ?? old.update.get(key)
    if (record === undefined || (before === undefined && !key.includes('.'))) return []
    return changeOf(key, before, record, hasField)
  })
}

function changeOf(
  id: string,
  old: MergedRecord | undefined,
  { node, children }: MergedRecord,
  hasField: HasField,
): readonly NoupdateChange[] {
  const { tag, model, forcecreate } = node
  if (tag === 'template') {
    const isSame = old !== undefined && old.node.xml === node.xml
    return isSame ? [] : [{ id, tag, model, forcecreate, fields: [], xml: node.xml }]
  }
  const fields = fieldChanges(old?.children ?? [], children, (field) => hasField(model, field))
  return fields.length === 0 ? [] : [{ id, tag, model, forcecreate, fields, xml: '' }]
}

function fieldChanges(
  olds: readonly NoupdateChild[],
  news: readonly NoupdateChild[],
  hasField: (name: string) => boolean,
): readonly NoupdateField[] {
  const old = byQuery(olds)
  const now = byQuery(news)
  const changes: NoupdateField[] = []
  for (const [query, was] of old) {
    const is = now.get(query)
    const name = was.name ?? ''
    if (is === undefined) {
      if (was.tag === 'field' && !hasField(name)) continue
      const xml = emptied(was)
      changes.push({ name, kind: 'emptied', xml, oldValue: was.value, newValue: undefined })
    } else if (is.value !== was.value) {
      changes.push({
        name,
        kind: 'changed',
        xml: xmlOf(is),
        oldValue: was.value,
        newValue: is.value,
      })
    }
  }
  for (const [query, is] of now) {
    if (old.has(query)) continue
    const { value, name = '' } = is
    changes.push({ name, kind: 'added', xml: xmlOf(is), oldValue: undefined, newValue: value })
  }
  return changes
}

/** Children with a name by the path that finds them, sorted by it; the last of several counts. */
function byQuery(children: readonly NoupdateChild[]): ReadonlyMap<string, NoupdateChild> {
  const found = new Map<string, NoupdateChild>()
  for (const child of children) {
    if (child.name !== undefined) found.set(`./${child.tag}[@name='${child.name}']`, child)
  }
  return new Map([...found].sort(([a], [b]) => compareCodePoints(a, b)))
}

/** The element without value, which empties the field. */
function emptied({ tag, attributes }: NoupdateChild): string {
  const kept = Object.entries(attributes).filter(([name]) => name !== 'eval' && name !== 'ref')
  return `<${tag}${attributesText(kept)}/>`
}

/** The element as libxml2 writes it. */
function xmlOf({ tag, attributes, text = '', xml }: NoupdateChild): string {
  if (xml !== undefined) return xml
  const start = `<${tag}${attributesText(Object.entries(attributes))}`
  return text === '' ? `${start}/>` : `${start}>${escapeText(text)}</${tag}>`
}

function attributesText(attributes: readonly (readonly [string, string])[]): string {
  return attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('')
}

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? character)
}

/** A text as the value of an attribute. */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\n\r\t]/g, (character) => ESCAPES[character] ?? character)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}
