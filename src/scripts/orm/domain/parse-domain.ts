import { type GuestValue, PyTuple } from '../../values/index.js'
import { invalid } from '../guest-errors.js'
import { isOperator, negated, type Operator } from './operators.js'

/** A condition `(path, operator, value)`. */
export interface Leaf {
  readonly kind: 'leaf'
  readonly path: readonly string[]
  readonly operator: Operator
  readonly value: GuestValue
}

/** A domain as a tree; `!` is pushed down to the leaves wherever the operator has an opposite, as Odoo does. */
export type DomainNode =
  | Leaf
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'not'; readonly part: DomainNode }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly DomainNode[] }

/** The items of a list or tuple; undefined for any other value. */
export function itemsOf(value: GuestValue): readonly GuestValue[] | undefined {
  if (value instanceof PyTuple) return value.items
  return Array.isArray(value) ? value : undefined
}

/** Reads a domain in Odoo's prefix notation; parts that stand side by side are joined with `&`. */
export function parseDomain(domain: GuestValue): DomainNode {
  const items = domain === false || domain === null ? [] : itemsOf(domain)
  if (items === undefined) throw invalid(`Invalid domain: ${shown(domain)}`)
  let at = 0
  const next = (negate: boolean): DomainNode => {
    const item = items[at]
    if (item === undefined) throw invalid(`Domain ${shown(domain)} ends too early`)
    at += 1
    if (item === '!') return next(!negate)
    if (item === '&' || item === '|') {
      const parts = [next(negate), next(negate)]
      return { kind: (item === '&') !== negate ? 'and' : 'or', parts }
    }
    return leafOf(item, negate)
  }
  const parts: DomainNode[] = []
  while (at < items.length) parts.push(next(false))
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : { kind: 'and', parts }
}

/** Names of the fields that the leaves start with. */
export function firstNames(node: DomainNode): ReadonlySet<string> {
  if (node.kind === 'leaf') return new Set(node.path.length === 1 ? node.path : [])
  if (node.kind === 'not') return firstNames(node.part)
  if (node.kind === 'constant') return new Set()
  return new Set(node.parts.flatMap((part) => [...firstNames(part)]))
}

function leafOf(item: GuestValue, negate: boolean): DomainNode {
  const parts = itemsOf(item)
  if (parts === undefined || parts.length !== 3) throw invalid(`Invalid leaf ${shown(item)}`)
  const [left = null, operator = null, value = null] = parts
  if (typeof operator !== 'string') throw invalid(`Invalid leaf ${shown(item)}`)
  const constant = constantOf(left, operator, value)
  if (constant !== undefined) return { kind: 'constant', value: constant !== negate }
  const word = operator.toLowerCase() === '<>' ? '!=' : operator.toLowerCase()
  if (typeof left !== 'string' || left === '' || !isOperator(word)) {
    throw invalid(`Invalid leaf ${shown(item)}`)
  }
  const leaf: Leaf = { kind: 'leaf', path: left.split('.'), operator: word, value }
  if (!negate) return leaf
  const opposite = negated(word)
  return opposite === undefined ? { kind: 'not', part: leaf } : { ...leaf, operator: opposite }
}

/** `(1, '=', 1)` is true and `(0, '=', 1)` false. */
function constantOf(left: GuestValue, operator: string, value: GuestValue): boolean | undefined {
  if (typeof left !== 'number' || typeof value !== 'number') return undefined
  if (operator === '=') return left === value
  return operator === '!=' ? left !== value : undefined
}

function shown(value: GuestValue): string {
  const items = itemsOf(value)
  if (items !== undefined) return `[${items.map(shown).join(', ')}]`
  return typeof value === 'string' ? `'${value}'` : String(value)
}
