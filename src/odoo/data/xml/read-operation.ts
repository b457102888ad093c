import type { XmlElement } from 'libxml2-wasm'
import { attributesOf, childElements, serialized, serializedContent } from './element.js'
import { readFunction } from './read-function.js'
import { readFields, readRecord } from './read-record.js'
import type { XmlMenuitem, XmlOperation, XmlShorthand } from './xml-operation.js'

/** One element that does something; undefined for an element that Odoo does not know. */
export function readOperation(element: XmlElement, scope: number): XmlOperation | undefined {
  switch (element.name) {
    case 'record':
      return readRecord(element, scope)
    case 'template':
      return readTemplate(element, scope)
    case 'menuitem':
      return readMenuitem(element, scope)
    case 'report':
    case 'act_window':
    case 'asset':
      return readShorthand(element, element.name, scope)
    case 'delete':
      return readDelete(element, scope)
    case 'function':
      return readFunction(element, scope)
    default:
      return undefined
  }
}

function readTemplate(element: XmlElement, scope: number): XmlOperation {
  const attributes = attributesOf(element)
  const id = attributes.id || attributes['t-name']
  const { line } = element
  return { kind: 'template', line, scope, ...(id && { id }), attributes, xml: serialized(element) }
}

function readMenuitem(element: XmlElement, scope: number): XmlMenuitem {
  const attributes = attributesOf(element)
  const menuitems = childElements(element)
    .filter((child) => child.name === 'menuitem')
    .map((child) => readMenuitem(child, scope))
  const { id } = attributes
  return { kind: 'menuitem', line: element.line, scope, ...(id && { id }), attributes, menuitems }
}

function readShorthand(
  element: XmlElement,
  kind: XmlShorthand['kind'],
  scope: number,
): XmlShorthand {
  const attributes = attributesOf(element)
  const content = serializedContent(element)
  return {
    kind,
    line: element.line,
    scope,
    ...(attributes.id && { id: attributes.id }),
    attributes,
    fields: readFields(element, scope),
    ...(content !== undefined && { content }),
  }
}

function readDelete(element: XmlElement, scope: number): XmlOperation {
  const { model = '', id, search } = attributesOf(element)
  const { line } = element
  return { kind: 'delete', line, scope, model, ...(id && { id }), ...(search && { search }) }
}
