import type { XmlElement } from 'libxml2-wasm'
import { attributesOf, childElements, leadingText, serializedContent } from './element.js'
import type { XmlValue } from './xml-operation.js'

type Attributes = Readonly<Record<string, string>>

/** Attributes that say how the value of an element is given; blank ones count as absent, as in Odoo. */
const GIVEN = ['ref', 'search', 'use', 'eval', 'model', 'type', 'file'] as const
const LISTS = new Set(['list', 'tuple'])

/** How the value of a `field` or `value` is given. */
export function readValue(element: XmlElement, attributes: Attributes): XmlValue {
  const text = leadingText(element)
  const content = serializedContent(element)
  const values = LISTS.has(attributes.type ?? '') ? readValues(element) : []
  return {
    line: element.line,
    ...given(attributes),
    ...(text !== undefined && { text }),
    ...(content !== undefined && { content }),
    ...(values.length > 0 && { values }),
  }
}

function given(attributes: Attributes): Partial<XmlValue> {
  const found: Record<string, string> = {}
  for (const name of GIVEN) {
    const value = attributes[name]
    if (value !== undefined && value !== '') found[name] = value
  }
  return found
}

function readValues(element: XmlElement): readonly XmlValue[] {
  return childElements(element)
    .filter((child) => child.name === 'value')
    .map((child) => readValue(child, attributesOf(child)))
}
