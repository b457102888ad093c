import type { XmlTemplate } from '../../../../odoo/data/index.js'
import type { FieldValue } from '../pending-record.js'
import { xmlValue } from '../values/markup.js'
import { fullXmlId, idOf, type ValueScope } from '../values/value-scope.js'

const START = /^<template((?:\s+[^\s=>/]+="[^"]*")*)\s*(\/?)>/
const ATTRIBUTE = /\s+([^\s=>/]+)="([^"]*)"/g
const END = '</template>'
/** What is no part of the architecture. */
const TAKEN_OUT: ReadonlySet<string> = new Set(['id', 'groups', 'forcecreate', 'context'])

/**
 * The view that a `<template>` stands for (odoo/tools/convert.py `_tag_template`). `isThere`: the view exists,
 * and its activation is its users'.
 */
export function templateRecord(
  { id = '', attributes, xml }: XmlTemplate,
  isThere: boolean,
  scope: ValueScope,
): ReadonlyMap<string, FieldValue> {
  const full = fullXmlId(id, scope.module)
  const values = new Map<string, FieldValue>([
    ['name', attributes.name ?? id],
    ['key', attributes.key ?? full],
    ['type', 'qweb'],
  ])
  const { track, priority, active } = attributes
  if (track !== undefined) values.set('track', isTrue(track))
  if (priority !== undefined) values.set('priority', Number.parseInt(priority, 10))
  if (attributes.inherit_id !== undefined)
    values.set('inherit_id', idOf(attributes.inherit_id, scope))
  if (attributes.website_id !== undefined)
    values.set('website_id', idOf(attributes.website_id, scope))
  if ((active === 'True' || active === 'False') && !isThere) values.set('active', active === 'True')
  const shown = attributes.customize_show
  if (shown === 'True' || shown === 'False') values.set('customize_show', shown === 'True')
  if (attributes.groups) {
    const groups = attributes.groups.split(',').map((group) => idOf(group, scope))
    values.set('groups_id', [{ kind: 'tuple', items: [6, 0, groups] }])
  }
  const isPrimary = attributes.primary === 'True'
  if (isPrimary) values.set('mode', 'primary')
  values.set('arch', xmlValue(archOf(xml, full, attributes.inherit_id, isPrimary), scope))
  return values
}

function archOf(
  xml: string,
  full: string,
  inherits: string | undefined,
  isPrimary: boolean,
): string {
  const start = START.exec(xml)
  if (start === null) return xml
  const tag = inherits ? 'data' : 't'
  const kept: string[] = []
  let named = false
  for (const [, name = '', value = ''] of (start[1] ?? '').matchAll(ATTRIBUTE)) {
    if (TAKEN_OUT.has(name)) continue
    const isName = name === 't-name' && !inherits
    named ||= isName
    kept.push(` ${name}="${isName ? full : value}"`)
  }
  if (!inherits && !named) kept.push(` t-name="${full}"`)
  const content = start[2] === '/' ? '' : xml.slice(start[0].length, xml.lastIndexOf(END))
  const clone = isPrimary
    ? `<xpath expr="." position="attributes"><attribute name="t-name">${full}</attribute></xpath>`
    : ''
  const inner = content + clone
  const open = `<${tag}${kept.join('')}`
  return inner === '' ? `${open}/>` : `${open}>${inner}</${tag}>`
}

function isTrue(text: string): boolean {
  return !/^\s*(0|false|off)\s*$/i.test(text)
}
