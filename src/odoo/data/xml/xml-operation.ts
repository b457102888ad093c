/**
 * An element that surrounds operations (`odoo`, `openerp`, `data`), with what it says itself; what it does not
 * say is said by the one around it, and in the end by the way the file is loaded.
 */
export interface XmlScope {
  /** Index of the element around it; absent for the root. */
  readonly parent?: number
  readonly line: number
  readonly noupdate?: boolean
  readonly uid?: string
  /** A Python expression, to be merged into that of the element around it. */
  readonly context?: string
  /** From 17 on: numbers the records within it. */
  readonly autoSequence?: boolean
}

/** What every operation has. */
export interface XmlOperationBase {
  readonly line: number
  /** Index of the innermost scope around it. */
  readonly scope: number
}

/** How a value is given; `search` wins over `ref`, `ref` over `eval`, `eval` over text and content. */
export interface XmlValue {
  readonly line: number
  readonly ref?: string
  readonly search?: string
  /** Column of the record that `search` finds; `id` by default. */
  readonly use?: string
  readonly eval?: string
  /** Model for `search`, and of `obj` in `eval`. */
  readonly model?: string
  /** `char` where absent; `xml`, `html`, `base64`, `file`, `int`, `float`, `list`, `tuple`. */
  readonly type?: string
  /** Path `module/path` of a file with the content. */
  readonly file?: string
  /** Text before the first child; absent where there is none. */
  readonly text?: string
  /** Child elements and comments with the text behind each, serialised: what `xml` and `html` take. */
  readonly content?: string
  /** Child `value`s, of a list or tuple. */
  readonly values?: readonly XmlValue[]
}

/** A field of a record. */
export interface XmlField extends XmlValue {
  readonly name: string
  /** Records of a one2many, from 16 on. */
  readonly records?: readonly XmlRecord[]
}

/** `<record>`. */
export interface XmlRecord extends XmlOperationBase {
  readonly kind: 'record'
  /** Empty where the file forgot it. */
  readonly model: string
  /** As written: with or without a module in front. */
  readonly id?: string
  readonly forcecreate?: boolean
  readonly uid?: string
  readonly context?: string
  readonly fields: readonly XmlField[]
}

/** `<template>`: a QWeb view. */
export interface XmlTemplate extends XmlOperationBase {
  readonly kind: 'template'
  /** `id`, or `t-name`. */
  readonly id?: string
  readonly attributes: Readonly<Record<string, string>>
  /** The whole element, serialised. */
  readonly xml: string
}

/** `<menuitem>`. */
export interface XmlMenuitem extends XmlOperationBase {
  readonly kind: 'menuitem'
  readonly id?: string
  readonly attributes: Readonly<Record<string, string>>
  readonly menuitems: readonly XmlMenuitem[]
}

/** `<report>` and `<act_window>` (up to 16), `<asset>` (from 17 on). */
export interface XmlShorthand extends XmlOperationBase {
  readonly kind: 'report' | 'act_window' | 'asset'
  readonly id?: string
  readonly attributes: Readonly<Record<string, string>>
  /** `field` children, of an asset. */
  readonly fields: readonly XmlField[]
  /** Child elements, serialised: the bundle and path of an asset. */
  readonly content?: string
}

/** `<delete>`. */
export interface XmlDelete extends XmlOperationBase {
  readonly kind: 'delete'
  readonly model: string
  readonly id?: string
  readonly search?: string
}

/** An argument of a function call: a value, by name where it has one, or the result of another call. */
export type XmlArgument = (XmlValue & { readonly name?: string }) | XmlFunction

/** `<function>`: a method to call. */
export interface XmlFunction extends XmlOperationBase {
  readonly kind: 'function'
  readonly model: string
  readonly name: string
  readonly uid?: string
  readonly context?: string
  /** Python expression of all positional arguments; used instead of `arguments`. */
  readonly eval?: string
  readonly arguments: readonly XmlArgument[]
}

export type XmlOperation =
  | XmlRecord
  | XmlTemplate
  | XmlMenuitem
  | XmlShorthand
  | XmlDelete
  | XmlFunction
