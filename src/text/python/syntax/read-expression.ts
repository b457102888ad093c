import { readPythonNumber } from '../python-number.js'
import { readPythonString } from '../python-string.js'
import { PythonFloat } from '../python-value.js'
import { childOf, childrenOf, type PlainNode } from './plain-node.js'
import type {
  PlainConstant,
  PythonClause,
  PythonDictEntry,
  PythonExpression,
  PythonInterpolation,
  PythonParameter,
  PythonSlot,
  PythonTarget,
} from './python-syntax.js'

const OTHER: PythonExpression = { kind: 'other' }
const CONSTANTS: ReadonlyMap<string, PlainConstant> = new Map<string, PlainConstant>([
  ['none', null],
  ['true', true],
  ['false', false],
])
const COMPREHENSIONS = {
  list_comprehension: 'list',
  set_comprehension: 'set',
  dictionary_comprehension: 'dict',
  generator_expression: 'generator',
} as const
const FIELD_CALL = /^fields\.[A-Z]\w*\(/
const CONSTANT_KINDS: ReadonlySet<string> = new Set(['float', 'integer', 'bytes'])
const ATTACHED = 'setattr'

/** Turns nodes of one file into expressions. */
export class ExpressionReader {
  readonly #text: string
  readonly #lineOf: (at: number) => number

  constructor(text: string, lineOf: (at: number) => number) {
    this.#text = text
    this.#lineOf = lineOf
  }

  textOf(node: PlainNode): string {
    return this.#text.slice(node.start, node.end)
  }

  slot(node: PlainNode): PythonSlot {
    const expression = this.read(node)
    if (isConstant(expression)) return { expression }
    const line = this.#lineOf(node.start)
    const text = this.textOf(node)
    // The arguments of a field have their own text.
    return FIELD_CALL.test(text) ? { expression, line } : { expression, line, text }
  }

  read(node: PlainNode): PythonExpression {
    const constant = CONSTANTS.get(node.type)
    if (constant !== undefined) return constant
    switch (node.type) {
      case 'identifier':
        return { kind: 'name', name: this.textOf(node) }
      case 'integer':
      case 'float':
        return this.#number(node)
      case 'string':
        return this.#strings([node])
      case 'concatenated_string':
        return this.#strings(node.children)
      case 'attribute':
        return this.#attribute(node)
      case 'call':
        return this.#call(node)
      case 'list':
      case 'tuple':
      case 'set':
        return { kind: node.type, items: node.children.map((child) => this.read(child)) }
      case 'expression_list':
        return { kind: 'tuple', items: node.children.map((child) => this.read(child)) }
      case 'dictionary':
        return { kind: 'dict', entries: node.children.map((child) => this.#entry(child)) }
      case 'list_splat':
        return { kind: 'star', of: this.#first(node) }
      case 'parenthesized_expression':
        return this.#first(node)
      case 'binary_operator':
      case 'boolean_operator':
        return this.#binary(node)
      case 'unary_operator':
        return this.#unary(node, this.#text[node.start] ?? '')
      case 'not_operator':
        return this.#unary(node, 'not')
      case 'comparison_operator':
        return this.#comparison(node)
      case 'conditional_expression':
        return this.#condition(node)
      case 'subscript':
        return this.#subscript(node)
      case 'slice':
        return this.#slice(node)
      case 'lambda':
        return this.#lambda(node)
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
      case 'generator_expression':
        return this.#comprehension(node, COMPREHENSIONS[node.type])
      default:
        return OTHER
    }
  }

  target(node: PlainNode | undefined): PythonTarget | undefined {
    if (node?.type === 'identifier') return this.textOf(node)
    if (node === undefined || !/^(pattern_list|tuple_pattern|list_pattern)$/.test(node.type)) {
      return undefined
    }
    const targets = node.children.map((child) => this.target(child))
    return targets.every((target) => target !== undefined) ? targets : undefined
  }

  parameters(node: PlainNode | undefined): readonly PythonParameter[] {
    return (node?.children ?? []).flatMap((child): readonly PythonParameter[] => {
      const given = childOf(child, 'value')
      const fallback = given === undefined ? {} : { default: this.read(given) }
      const named = childOf(child, 'name') ?? child.children[0] ?? child
      const inner = named.type.endsWith('splat_pattern') ? named : child
      const name = this.textOf(named).replace(/^\*+/, '')
      if (inner.type === 'list_splat_pattern') return [{ name, star: 1 }]
      if (inner.type === 'dictionary_splat_pattern') return [{ name, star: 2 }]
      if (child.type === 'identifier') return [this.textOf(child)]
      return child.type.endsWith('_parameter') ? [{ name, ...fallback }] : []
    })
  }

  #first(node: PlainNode): PythonExpression {
    const child = node.children[0]
    return child === undefined ? OTHER : this.read(child)
  }

  #number(node: PlainNode): PythonExpression {
    const value = readPythonNumber(this.textOf(node))
    if (typeof value === 'number') return value
    if (typeof value === 'bigint') return { kind: 'integer', digits: String(value) }
    return value instanceof PythonFloat ? { kind: 'float', value: value.value } : OTHER
  }

  /** String tokens side by side are one string. */
  #strings(nodes: readonly PlainNode[]): PythonExpression {
    const parts: (string | PythonInterpolation)[] = []
    let bytes: string | undefined
    for (const node of nodes) {
      const read = readPythonString(this.textOf(node))
      if (read.kind === 'text') parts.push(read.value)
      else if (read.kind === 'bytes') bytes = (bytes ?? '') + String.fromCharCode(...read.value)
      else if (read.kind === 'formatted') parts.push(...this.#formatted(node))
      else return OTHER
    }
    if (bytes !== undefined) return { kind: 'bytes', text: bytes }
    if (parts.every((part) => typeof part === 'string')) return parts.join('')
    return { kind: 'format', parts }
  }

  #formatted(node: PlainNode): readonly (string | PythonInterpolation)[] {
    const prefix = this.textOf(node.children[0] ?? node).toLowerCase()
    return node.children.flatMap((child): readonly (string | PythonInterpolation)[] => {
      if (child.type === 'string_content') {
        const body = this.textOf(child).replaceAll('{{', '{').replaceAll('}}', '}')
        const quoted = readPythonString(`${prefix.includes('r') ? 'r' : ''}"""${body}"""`)
        return quoted.kind === 'text' ? [quoted.value] : [NOT_READ]
      }
      if (child.type !== 'interpolation') return []
      const of = childOf(child, 'expression')
      const conversion = childOf(child, 'type_conversion')
      const format = childOf(child, 'format_specifier')
      const specification =
        format === undefined
          ? ''
          : format.children.some(({ type }) => type === 'format_expression')
            ? null
            : this.textOf(format).slice(1)
      return [
        {
          of: of === undefined ? OTHER : this.read(of),
          conversion: conversion === undefined ? '' : this.textOf(conversion).slice(1),
          specification,
        },
      ]
    })
  }

  #attribute(node: PlainNode): PythonExpression {
    const [of, name] = [childOf(node, 'object'), childOf(node, 'attribute')]
    if (of === undefined || name === undefined) return OTHER
    return { kind: 'attribute', of: this.read(of), name: this.textOf(name) }
  }

  #call(node: PlainNode): PythonExpression {
    const [callee, list] = [childOf(node, 'function'), childOf(node, 'arguments')]
    if (callee === undefined || list === undefined) return OTHER
    if (list.type === 'generator_expression') {
      const args = [this.read(list)]
      const line = this.#lineOf(node.start)
      return { kind: 'call', callee: this.read(callee), args, keywords: [], line }
    }
    const args: PythonExpression[] = []
    const slots: PythonSlot[] = []
    const keywords: (readonly [string | null, PythonSlot])[] = []
    for (const child of list.children) {
      const value = childOf(child, 'value')
      const name = childOf(child, 'name')
      if (child.type === 'keyword_argument' && value !== undefined && name !== undefined) {
        keywords.push([this.textOf(name), this.slot(value)])
      } else if (child.type === 'dictionary_splat') {
        const inner = child.children[0]
        if (inner !== undefined) keywords.push([null, this.slot(inner)])
      } else {
        const slot = this.slot(child)
        args.push(slot.expression)
        slots.push(slot)
      }
    }
    // Only calls of an attribute of a name may be fields, or a bare name that may be a field's class.
    const isField =
      slots.some(({ text }) => text !== undefined) && /[A-Z]/.test(this.textOf(callee))
    const line = this.#lineOf(node.start)
    const call = { kind: 'call' as const, callee: this.read(callee), args, keywords, line }
    return isField || this.textOf(callee) === ATTACHED ? { ...call, slots } : call
  }

  #entry(node: PlainNode): PythonDictEntry {
    if (node.type === 'dictionary_splat') return [null, this.#first(node)]
    const [key, value] = [childOf(node, 'key'), childOf(node, 'value')]
    if (key === undefined || value === undefined) return [OTHER, OTHER]
    return [this.read(key), this.read(value)]
  }

  #binary(node: PlainNode): PythonExpression {
    const [left, right] = [childOf(node, 'left'), childOf(node, 'right')]
    if (left === undefined || right === undefined) return OTHER
    const operator = this.#between(left, right)
    return { kind: 'binary', operator, left: this.read(left), right: this.read(right) }
  }

  /** What stands between two operands, without comments, brackets and line ends. */
  #between(left: PlainNode, right: PlainNode): string {
    const text = this.#text.slice(left.end, right.start).replace(/#[^\n]*/g, '')
    return text
      .replace(/[\\()\n]/g, ' ')
      .trim()
      .replace(/\s+/g, ' ')
  }

  #unary(node: PlainNode, operator: string): PythonExpression {
    const of = childOf(node, 'argument')
    if (of === undefined) return OTHER
    const read = this.read(of)
    const isNumber = of.type === 'integer' || of.type === 'float'
    return operator === '-' && isNumber ? negative(read) : { kind: 'unary', operator, of: read }
  }

  #comparison(node: PlainNode): PythonExpression {
    const { children } = node
    const operators = children
      .slice(1)
      .map((right, at) => this.#between(children[at] ?? right, right))
    return { kind: 'compare', operators, items: children.map((child) => this.read(child)) }
  }

  #condition(node: PlainNode): PythonExpression {
    const [yes, test, no] = node.children.map((child) => this.read(child))
    if (yes === undefined || test === undefined || no === undefined) return OTHER
    return { kind: 'condition', test, yes, no }
  }

  #subscript(node: PlainNode): PythonExpression {
    const of = childOf(node, 'value')
    const indexes = childrenOf(node, 'subscript').map((child) => this.read(child))
    const [index] = indexes
    if (of === undefined || index === undefined) return OTHER
    return {
      kind: 'subscript',
      of: this.read(of),
      index: indexes.length === 1 ? index : { kind: 'tuple', items: indexes },
    }
  }

  #slice(node: PlainNode): PythonExpression {
    // The grammar gives the parts no role: the colons between them tell which is which.
    const parts: (PythonExpression | null)[] = [null, null, null]
    let before = node.start
    let index = 0
    for (const child of node.children) {
      index += this.#text.slice(before, child.start).split(':').length - 1
      parts[index] = this.read(child)
      before = child.end
    }
    const [from = null, to = null, step = null] = parts
    return { kind: 'slice', from, to, step }
  }

  #lambda(node: PlainNode): PythonExpression {
    const body = childOf(node, 'body')
    if (body === undefined) return OTHER
    const parameters = this.parameters(childOf(node, 'parameters'))
    return { kind: 'lambda', parameters, body: this.read(body) }
  }

  #comprehension(node: PlainNode, of: 'list' | 'set' | 'dict' | 'generator'): PythonExpression {
    const body = childOf(node, 'body')
    const clauses: PythonClause[] = []
    for (const child of node.children) {
      if (child.type === 'if_clause') clauses.push({ kind: 'if', test: this.#first(child) })
      if (child.type !== 'for_in_clause') continue
      const target = this.target(childOf(child, 'left'))
      const items = childOf(child, 'right')
      if (target === undefined || items === undefined) return OTHER
      clauses.push({ kind: 'for', target, items: this.read(items) })
    }
    if (body === undefined) return OTHER
    if (of !== 'dict') return { kind: 'comprehension', of, item: this.read(body), clauses }
    const [key, value] = this.#entry(body)
    return key === null ? OTHER : { kind: 'comprehension', of, item: key, value, clauses }
  }
}

const NOT_READ: PythonInterpolation = { of: OTHER, conversion: '', specification: '' }

function negative(number: PythonExpression): PythonExpression {
  if (typeof number === 'number') return number === 0 ? 0 : -number
  if (typeof number !== 'object' || number === null) return number
  if (number.kind === 'float') return { kind: 'float', value: -number.value }
  return number.kind === 'integer' ? { kind: 'integer', digits: `-${number.digits}` } : number
}

function isConstant(expression: PythonExpression): expression is PlainConstant {
  if (typeof expression !== 'object' || expression === null) return true
  return CONSTANT_KINDS.has(expression.kind)
}
