import type { XmlElement } from 'libxml2-wasm'
import { booleanOf } from './booleans.js'
import { attributesOf, childElements } from './element.js'
import { readValue } from './read-value.js'
import type { XmlField, XmlRecord } from './xml-operation.js'

/** A `<record>`, with the records inside of its fields. */
export function readRecord(element: XmlElement, scope: number): XmlRecord {
  const { model = '', id, forcecreate, uid, context } = attributesOf(element)
  const forced = booleanOf(forcecreate)
  return {
    kind: 'record',
    line: element.line,
    scope,
    model,
    ...(id && { id }),
    ...(forced !== undefined && { forcecreate: forced }),
    ...(uid && { uid }),
    ...(context && { context }),
    fields: readFields(element, scope),
  }
}

/** The `<field>` children of an element. */
export function readFields(element: XmlElement, scope: number): readonly XmlField[] {
  return childElements(element)
    .filter((child) => child.name === 'field')
    .map((child) => readField(child, scope))
}

function readField(element: XmlElement, scope: number): XmlField {
  const attributes = attributesOf(element)
  const nested = childElements(element).filter((child) => child.name === 'record')
  const { content, ...value } = readValue(element, attributes)
  if (nested.length === 0) {
    return { name: attributes.name ?? '', ...value, ...(content !== undefined && { content }) }
  }
  const records = nested.map((child) => readRecord(child, scope))
  return { name: attributes.name ?? '', ...value, records }
}
