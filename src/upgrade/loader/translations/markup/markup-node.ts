/** An attribute; undefined as its value where html gives none (`<input disabled>`). */
export interface MarkupAttribute {
  readonly name: string
  readonly value: string | undefined
}

/** An element, with the text before its first child and the text behind its own end. */
export interface MarkupElement {
  readonly kind: 'element'
  readonly name: string
  /** It stands in a namespace: what is known of names of html does not hold for it. */
  readonly isForeign: boolean
  readonly attributes: readonly MarkupAttribute[]
  readonly text: string
  readonly children: readonly MarkupNode[]
  readonly tail: string
}

/** A comment or processing instruction, as it is written. */
export interface MarkupOther {
  readonly kind: 'other'
  readonly source: string
  readonly tail: string
}

export type MarkupNode = MarkupElement | MarkupOther

/** How markup is written down. */
export type MarkupKind = 'xml' | 'html'

/** The value of an attribute; undefined without the attribute, empty where html gives no value. */
export function attributeOf(element: MarkupElement, name: string): string | undefined {
  const found = element.attributes.find((attribute) => attribute.name === name)
  return found === undefined ? undefined : (found.value ?? '')
}
