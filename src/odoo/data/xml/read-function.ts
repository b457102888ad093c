import type { XmlElement } from 'libxml2-wasm'
import { attributesOf, childElements } from './element.js'
import { readValue } from './read-value.js'
import type { XmlArgument, XmlFunction } from './xml-operation.js'

/** A `<function>`, with the calls inside of its arguments. */
export function readFunction(element: XmlElement, scope: number): XmlFunction {
  const { model = '', name = '', uid, context, eval: expression } = attributesOf(element)
  return {
    kind: 'function',
    line: element.line,
    scope,
    model,
    name,
    ...(uid && { uid }),
    ...(context && { context }),
    ...(expression && { eval: expression }),
    arguments: childElements(element).flatMap((child) => readArgument(child, scope)),
  }
}

function readArgument(element: XmlElement, scope: number): readonly XmlArgument[] {
  if (element.name === 'function') return [readFunction(element, scope)]
  if (element.name !== 'value') return []
  const attributes = attributesOf(element)
  const { name } = attributes
  return [{ ...readValue(element, attributes), ...(name && { name }) }]
}
