import { isUnevaluated, type ModelClass, type SourceValue } from '../../../odoo/models/index.js'
import {
  attributeOf,
  type RegistryField,
  type RegistryModel,
} from '../../../odoo/registry/index.js'
import { type PythonCode, quoteLiteral } from '../../../text/index.js'
import { type CodeValue, isList, isTruthy, textOf, unreadable } from './code-value.js'
import type { FactRow, Facts } from './facts.js'
import { add, bind, type ExpressionWorld, follow, type Names } from './follow-expression.js'
import { bindParameters } from './format-text.js'
import { KNOWN_FUNCTIONS, type KnownCall } from './known-functions.js'
import type { MethodLibrary } from './method-library.js'
import { callValueMethod } from './text-methods.js'

/** What a method of a model is followed with. */
export interface FollowGiven {
  readonly model: RegistryModel
  readonly registry: ReadonlyMap<string, RegistryModel>
  readonly library: MethodLibrary
  readonly facts: Facts
}

/** What a method does to the database, as far as it can be read: statements before and behind the framework's own. */
export interface FollowedMethod {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

const DEEPEST_CALL = 25
const READS = /^\s*(?:--[^\n]*\n\s*)*(select|with)\b/i
/** Questions on the catalogue by name alone. */
const CATALOG =
  /^\s*select\s+(?:1|\w+)\s+from\s+(?:pg_indexes|information_schema\.\w+)\s+where\s+\w+\s*=\s*'\w+'(?:\s+and\s+\w+\s*=\s*'\w+')*\s*;?\s*$/i
/** Words that give a record or a cursor again. */
const SAME_RECORD: ReadonlySet<string> = new Set([
  ...['sudo', 'with_context', 'with_user', 'with_company', 'with_env', 'browse'],
])

/**
 * Follows a method as Python would run it, without running it: texts are put together, statements are collected,
 * branches on what the database has are taken by its answers. Throws `Unreadable` for anything else, and `Asks`
 * for an answer that is not known yet.
 */
export function followMethod(method: string, given: FollowGiven): FollowedMethod {
  const run = new MethodRun(given)
  run.call(given.model, given.model.classes, method, [])
  return run.result()
}

class MethodRun implements ExpressionWorld {
  readonly #given: FollowGiven
  readonly #before: string[] = []
  readonly #after: string[] = []
  #isBehind = false
  #rows: readonly FactRow[] = []
  #depth = 0
  readonly #frames: { readonly file: string; readonly definition: ModelClass }[] = []

  constructor(given: FollowGiven) {
    this.#given = given
  }

  result(): FollowedMethod {
    return { before: this.#before, after: this.#after }
  }

  /** Calls a method of the model, looked up among classes; the framework's own does nothing here. */
  call(
    model: RegistryModel,
    classes: readonly ModelClass[],
    name: string,
    args: readonly CodeValue[],
  ): CodeValue {
    const found = this.#given.library.find(classes, name)
    if (found === 'unread') return unreadable(name)
    if (found === undefined) {
      if (name !== 'init' && name !== '_auto_init') return unreadable(`${name} of the framework`)
      this.#isBehind = true
      return null
    }
    if (this.#depth >= DEEPEST_CALL) return unreadable('a deep call')
    const names: Names = new Map()
    const [self = 'self', ...parameters] = found.body.parameters
    names.set(self, { kind: 'model', model })
    if (args.length > parameters.length) return unreadable('arguments')
    for (const [at, parameter] of parameters.entries()) names.set(parameter, args[at] ?? null)
    this.#depth += 1
    this.#frames.push({ file: found.file, definition: found.definition })
    try {
      return this.#perform(found.body.body, names)?.value ?? null
    } finally {
      this.#frames.pop()
      this.#depth -= 1
    }
  }

  #perform(code: readonly PythonCode[], names: Names): { readonly value: CodeValue } | undefined {
    for (const statement of code) {
      const returned = this.#step(statement, names)
      if (returned !== undefined) return returned
    }
    return undefined
  }

  #step(code: PythonCode, names: Names): { readonly value: CodeValue } | undefined {
    switch (code.kind) {
      case 'value':
        follow(code.of, names, this)
        return undefined
      case 'let': {
        const value = follow(code.value, names, this)
        for (const target of code.targets) bind(target, value, names)
        return undefined
      }
      case 'augment':
        if (code.operator !== '+') return unreadable(code.operator)
        names.set(code.name, add(names.get(code.name) ?? null, follow(code.value, names, this)))
        return undefined
      case 'if':
        return this.#perform(isTruthy(follow(code.test, names, this)) ? code.yes : code.no, names)
      case 'each': {
        const items = follow(code.items, names, this)
        if (!isList(items)) return unreadable('a loop over an object')
        for (const item of items) {
          bind(code.target, item, names)
          const returned = this.#perform(code.body, names)
          if (returned !== undefined) return returned
        }
        return undefined
      }
      case 'return':
        return { value: follow(code.value, names, this) }
      default:
        return unreadable(code.what)
    }
  }

  outside(name: string): CodeValue {
    const file = this.#frames.at(-1)?.file ?? ''
    const constant = this.#given.library.constant(file, name)
    return constant ?? { kind: 'library', name }
  }

  superOf(): CodeValue {
    const frame = this.#frames.at(-1)
    if (frame === undefined) return unreadable('super')
    return { kind: 'super', model: this.#given.model, behind: frame.definition }
  }

  attribute(of: CodeValue, name: string): CodeValue {
    if (typeof of === 'object' && of !== null && 'kind' in of) {
      if (of.kind === 'model') return this.#modelAttribute(of.model, name)
      if (of.kind === 'env' && name === 'cr') return { kind: 'cursor' }
      if (of.kind === 'cursor' && name === 'rowcount') return this.#rows.length
      if (of.kind === 'library') return { kind: 'library', name }
      if (of.kind === 'record' && name === 'id') return of.id ?? false
      if (of.kind === 'field') return fieldAttribute(of.field, name)
    }
    return { kind: 'method', of, name }
  }

  #modelAttribute(model: RegistryModel, name: string): CodeValue {
    switch (name) {
      case '_table':
        return model.table
      case '_name':
        return model.name
      case '_abstract':
        return model.kind === 'abstract'
      case '_auto':
        return model.auto
      case '_fields':
        return { kind: 'fields', model }
      case 'env':
      case 'pool':
        return { kind: 'env' }
      case '_cr':
        return { kind: 'cursor' }
      default: {
        const given = attributeOf(model, name)
        return given === undefined
          ? { kind: 'method', of: { kind: 'model', model }, name }
          : plain(given)
      }
    }
  }

  item(of: CodeValue, index: CodeValue): CodeValue {
    if (typeof of !== 'object' || of === null) return unreadable('an item')
    if (isList(of)) return of[Number(textOf(index))] ?? unreadable('an item')
    const key = textOf(index)
    if (of.kind === 'dict') return of.entries.find(([name]) => name === key)?.[1] ?? unreadable(key)
    if (of.kind === 'env') {
      const model = this.#given.registry.get(key)
      return model === undefined ? unreadable(key) : { kind: 'model', model }
    }
    if (of.kind === 'fields') {
      const field = of.model.fields.get(key)
      return field === undefined ? unreadable(key) : { kind: 'field', field }
    }
    return unreadable('an item')
  }

  invoke(callee: CodeValue, call: KnownCall): CodeValue {
    if (typeof callee !== 'object' || callee === null || isList(callee)) return unreadable('a call')
    if (callee.kind === 'library') return this.#library(callee.name, call)
    if (callee.kind !== 'method') return unreadable(`a call of a ${callee.kind}`)
    const { of, name } = callee
    if (typeof of === 'object' && of !== null && 'kind' in of) {
      switch (of.kind) {
        case 'model':
          return this.#modelMethod(of.model, name, call)
        case 'super': {
          const { classes } = of.model
          return this.call(of.model, classes.slice(classes.indexOf(of.behind) + 1), name, call.args)
        }
        case 'cursor':
          return this.#cursor(name, call)
        case 'env':
          return name === 'ref' ? this.#reference(textOf(call.args[0] ?? null)) : unreadable(name)
        case 'fields':
          return fieldsMethod(of.model, name)
        default:
      }
    }
    return callValueMethod(of, name, call.args, call.keywords) ?? unreadable(name)
  }

  #library(name: string, { args, keywords }: KnownCall): CodeValue {
    if (LOGGING.has(name)) return null
    const known = Object.hasOwn(KNOWN_FUNCTIONS, name) ? KNOWN_FUNCTIONS[name] : undefined
    if (known === undefined) return unreadable(`${name}()`)
    const [first] = args
    const hasCursor =
      typeof first === 'object' && first !== null && !isList(first) && first.kind === 'cursor'
    const scope = { facts: this.#given.facts, effect: (text: string) => this.#effect(text) }
    return known({ args: hasCursor ? args.slice(1) : args, keywords }, scope)
  }

  #modelMethod(model: RegistryModel, name: string, { args, keywords }: KnownCall): CodeValue {
    if (SAME_RECORD.has(name)) return { kind: 'model', model }
    if (model.name === 'ir.config_parameter' && name === 'get_param') {
      const key = quoteLiteral(textOf(args[0] ?? null))
      const [row] = this.#given.facts.rows(
        `SELECT value FROM ir_config_parameter WHERE key = ${key}`,
      )
      return typeof row?.value === 'string'
        ? row.value
        : (args[1] ?? keywords.get('default') ?? false)
    }
    return this.call(model, model.classes, name, args)
  }

  #cursor(name: string, { args }: KnownCall): CodeValue {
    switch (name) {
      case 'execute':
        this.#execute(args[0] ?? null, args[1])
        return null
      case 'fetchone':
      case 'dictfetchone': {
        const [row] = this.#rows
        if (row === undefined) return null
        return name === 'fetchone' ? Object.values(row).map(cell) : dictOf(row)
      }
      case 'fetchall':
        return this.#rows.map((row) => Object.values(row).map(cell))
      case 'dictfetchall':
        return this.#rows.map(dictOf)
      default:
        return unreadable(`cr.${name}`)
    }
  }

  #execute(statement: CodeValue, parameters: CodeValue | undefined): void {
    const text =
      typeof statement === 'object' && statement !== null && !isList(statement)
        ? statement.kind === 'sql'
          ? statement.text
          : unreadable('a statement')
        : textOf(statement)
    const bound = bindParameters(text, parameters)
    const { facts } = this.#given
    if (CATALOG.test(bound)) this.#rows = facts.catalogRows(bound)
    else if (READS.test(bound)) this.#rows = facts.rows(bound)
    else this.#effect(bound)
  }

  #effect(statement: string): void {
    const trimmed = statement.trim().replace(/;\s*$/, '')
    ;(this.#isBehind ? this.#after : this.#before).push(trimmed)
  }

  #reference(xmlId: string): CodeValue {
    const [module = '', name = ''] = xmlId.split('.', 2)
    const [row] = this.#given.facts.rows(
      `SELECT res_id FROM ir_model_data WHERE module = ${quoteLiteral(module)} AND name = ${quoteLiteral(name)}`,
    )
    return typeof row?.res_id === 'number'
      ? { kind: 'record', id: row.res_id }
      : unreadable(`${xmlId} is not there`)
  }
}

const LOGGING: ReadonlySet<string> = new Set(['debug', 'info', 'warning', 'error'])

function fieldsMethod(model: RegistryModel, name: string): CodeValue {
  const all = [...model.fields.values()]
  switch (name) {
    case 'items':
      return all.map((field) => [field.name, { kind: 'field', field }])
    case 'values':
      return all.map((field) => ({ kind: 'field', field }))
    case 'keys':
      return all.map((field) => field.name)
    default:
      return unreadable(name)
  }
}

function fieldAttribute(field: RegistryField, name: string): CodeValue {
  switch (name) {
    case 'name':
      return field.name
    case 'type':
      return field.type
    case 'store':
      return field.store
    case 'column_type':
      return field.column === undefined ? null : [field.column.type, field.column.ddlType]
    case 'translate':
      return field.translate
    case 'required':
      return field.required
    default:
      return unreadable(`field.${name}`)
  }
}

function plain(value: SourceValue): CodeValue {
  if (value === null || typeof value !== 'object') return value
  if (isUnevaluated(value)) return unreadable(value.text)
  if (!('kind' in value)) return value.map(plain)
  return value.kind === 'tuple' ? value.items.map(plain) : unreadable(value.kind)
}

function cell(value: unknown): CodeValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  return typeof value === 'boolean' ? value : unreadable('a cell')
}

function dictOf(row: FactRow): CodeValue {
  return { kind: 'dict', entries: Object.entries(row).map(([key, value]) => [key, cell(value)]) }
}
