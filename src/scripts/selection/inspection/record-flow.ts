import {
  HAND_ON,
  PLAIN_MEMBERS,
  PLAIN_METHODS,
  RECORD_METHODS,
  RECORDS_OF_ENVIRONMENT,
  VALUE_METHODS_OF_RECORDS,
} from './record-methods.js'
import type { TierReason } from './script-inspection.js'
import {
  childOf,
  childrenOf,
  lineOf,
  type SyntaxNode,
  type SyntaxTree,
  stringOf,
  textOf,
} from './syntax-node.js'

/** What a value is known to be: an environment, or records (of a model, where the text tells). */
export type Flow =
  | { readonly kind: 'environment' }
  | { readonly kind: 'records'; readonly model?: string }

/** Uses of records that were found: the first generic one, and the first that needs the model's own code. */
export interface RecordUses {
  readonly generic: TierReason | undefined
  readonly specific: TierReason | undefined
}

/** Names of one function, or of the file. */
interface Scope {
  readonly names: Map<string, Flow>
  readonly parent: Scope | undefined
  returned: Flow | undefined
}

const ENVIRONMENT: Flow = { kind: 'environment' }
/** Records seldom pass through more functions than this. */
const ROUNDS = 5

/**
 * Follows what comes out of `env[...]`, `env.ref()`, `env.user` through assignments, loops, lambdas and calls of
 * the file's own functions. Order and branches do not matter: a name is records if it ever is.
 */
export class RecordFlow {
  readonly #tree: SyntaxTree
  readonly #functions = new Map<string, SyntaxNode>()
  readonly #scopes = new Map<SyntaxNode, Scope>()
  #generic: TierReason | undefined
  #specific: TierReason | undefined
  #changed = false

  constructor(tree: SyntaxTree) {
    this.#tree = tree
  }

  /** Looks through the whole file. */
  uses(): RecordUses {
    const file: Scope = { names: new Map(), parent: undefined, returned: undefined }
    for (let round = 0; round < ROUNDS; round += 1) {
      this.#changed = false
      this.#visit(this.#tree.root, file)
      if (!this.#changed) break
    }
    return { generic: this.#generic, specific: this.#specific }
  }

  #visit(node: SyntaxNode, scope: Scope): void {
    switch (node.type) {
      case 'function_definition':
        this.#visitFunction(node, scope)
        return
      case 'assignment':
      case 'augmented_assignment':
      case 'named_expression':
        this.#bind(childOf(node, 'left') ?? childOf(node, 'name'), rightOf(node), scope)
        break
      case 'for_statement':
      case 'for_in_clause':
        this.#bind(childOf(node, 'left'), childOf(node, 'right'), scope)
        break
      case 'as_pattern':
        this.#bind(childOf(node, 'alias'), node.children[0], scope)
        break
      case 'return_statement':
        this.#return(node.children[0] && this.#flowOf(node.children[0], scope), scope)
        break
      case 'call':
        this.#visitCall(node, scope)
        this.#flowOf(node, scope)
        break
      case 'subscript':
      case 'attribute':
        this.#flowOf(node, scope)
        break
    }
    for (const child of node.children) this.#visit(child, scope)
  }

  #visitFunction(node: SyntaxNode, parent: Scope): void {
    const name = childOf(node, 'name')
    if (name !== undefined) this.#define(textOf(this.#tree, name), node)
    const scope = this.#scopeOf(node, parent)
    for (const parameter of parameterNames(this.#tree, node)) {
      if (parameter === 'env') this.#set(scope, parameter, ENVIRONMENT)
    }
    const body = childOf(node, 'body')
    if (body !== undefined) this.#visit(body, scope)
  }

  /** A function that is called above its definition is only known in the next round. */
  #define(name: string, node: SyntaxNode): void {
    if (this.#functions.get(name) === node) return
    this.#functions.set(name, node)
    this.#changed = true
  }

  #scopeOf(node: SyntaxNode, parent: Scope | undefined): Scope {
    const known = this.#scopes.get(node)
    if (known !== undefined) return known
    const scope: Scope = { names: new Map(), parent, returned: undefined }
    this.#scopes.set(node, scope)
    return scope
  }

  /** Notes a call of a record's method, and hands arguments on to lambdas and the file's own functions. */
  #visitCall(node: SyntaxNode, scope: Scope): void {
    const called = childOf(node, 'function')
    const given = childOf(node, 'arguments')?.children ?? []
    if (called?.type === 'identifier') this.#handOver(textOf(this.#tree, called), given, scope)
    if (called?.type !== 'attribute') return
    const object = childOf(called, 'object')
    const member = childOf(called, 'attribute')
    const flow = object && this.#flowOf(object, scope)
    if (flow?.kind !== 'records' || member === undefined) return
    const method = textOf(this.#tree, member)
    for (const argument of given) {
      if (argument.type === 'lambda') this.#bindLambda(argument, flow, scope)
    }
    const isGeneric =
      RECORD_METHODS.has(method) ||
      VALUE_METHODS_OF_RECORDS.has(method) ||
      PLAIN_METHODS.has(method)
    if (isGeneric) return
    this.#specific ??= this.#reason(`${flow.model ?? '…'}.${method}`, member)
  }

  #bindLambda(lambda: SyntaxNode, flow: Flow, scope: Scope): void {
    const [first] = childOf(lambda, 'parameters')?.children ?? []
    if (first?.type === 'identifier') this.#set(scope, textOf(this.#tree, first), flow)
  }

  #handOver(name: string, given: readonly SyntaxNode[], scope: Scope): void {
    const target = this.#functions.get(name)
    if (target === undefined) return
    const inside = this.#scopeOf(target, undefined)
    const names = parameterNames(this.#tree, target)
    for (const [at, argument] of given.entries()) {
      const isNamed = argument.type === 'keyword_argument'
      const key = isNamed ? childOf(argument, 'name') : undefined
      const value = isNamed ? childOf(argument, 'value') : argument
      const parameter = key === undefined ? names[at] : textOf(this.#tree, key)
      const flow = value && this.#flowOf(value, scope)
      if (parameter !== undefined && flow !== undefined) this.#set(inside, parameter, flow)
    }
  }

  #bind(target: SyntaxNode | undefined, value: SyntaxNode | undefined, scope: Scope): void {
    if (target === undefined || value === undefined) return
    const pairs = pairwise(target, value)
    if (pairs !== undefined) {
      for (const [left, right] of pairs) this.#bind(left, right, scope)
      return
    }
    const flow = this.#flowOf(value, scope)
    if (flow !== undefined) this.#bindNames(target, flow, scope)
  }

  #bindNames(target: SyntaxNode, flow: Flow, scope: Scope): void {
    if (target.type === 'identifier') this.#set(scope, textOf(this.#tree, target), flow)
    if (!/pattern|tuple|list|as_pattern_target/.test(target.type)) return
    for (const child of target.children) this.#bindNames(child, flow, scope)
  }

  #set(scope: Scope, name: string, flow: Flow): void {
    const known = scope.names.get(name)
    if (known !== undefined && known.kind === flow.kind) return
    scope.names.set(name, flow)
    this.#changed = true
  }

  #return(flow: Flow | undefined, scope: Scope): void {
    if (flow === undefined || scope.returned !== undefined) return
    scope.returned = flow
    this.#changed = true
  }

  #flowOf(node: SyntaxNode, scope: Scope): Flow | undefined {
    switch (node.type) {
      case 'identifier':
        return lookUp(scope, textOf(this.#tree, node))
      case 'attribute':
        return this.#flowOfMember(node, scope)
      case 'subscript':
        return this.#flowOfItem(node, scope)
      case 'call':
        return this.#flowOfCall(node, scope)
      case 'list_comprehension':
      case 'set_comprehension':
      case 'generator_expression': {
        const body = childOf(node, 'body')
        return body && this.#flowOf(body, scope)
      }
      case 'parenthesized_expression':
      case 'conditional_expression':
      case 'boolean_operator':
      case 'binary_operator':
      case 'tuple':
      case 'list':
        return this.#firstOf(node.children, scope)
      case 'named_expression': {
        const value = childOf(node, 'value')
        return value && this.#flowOf(value, scope)
      }
      default:
        return undefined
    }
  }

  #firstOf(nodes: readonly SyntaxNode[], scope: Scope): Flow | undefined {
    for (const node of nodes) {
      const flow = this.#flowOf(node, scope)
      if (flow?.kind === 'records') return flow
    }
    return undefined
  }

  #flowOfMember(node: SyntaxNode, scope: Scope): Flow | undefined {
    const member = childOf(node, 'attribute')
    const object = childOf(node, 'object')
    const name = member === undefined ? '' : textOf(this.#tree, member)
    if (name === 'env') return ENVIRONMENT
    const flow = object && this.#flowOf(object, scope)
    if (flow?.kind === 'environment') {
      if (!RECORDS_OF_ENVIRONMENT.has(name)) return undefined
      return this.#records(`env.${name}`, node, name === 'user' ? 'res.users' : 'res.company')
    }
    if (flow === undefined || PLAIN_MEMBERS.has(name)) return undefined
    // A field: records of another model, or a plain value.
    return name === '_origin' ? flow : { kind: 'records' }
  }

  #flowOfItem(node: SyntaxNode, scope: Scope): Flow | undefined {
    const object = childOf(node, 'value')
    const flow = object && this.#flowOf(object, scope)
    if (flow?.kind !== 'environment') return flow
    const model = stringOf(this.#tree, childOf(node, 'subscript'))
    return this.#records(`env[${model ?? '…'}]`, node, model)
  }

  #flowOfCall(node: SyntaxNode, scope: Scope): Flow | undefined {
    const called = childOf(node, 'function')
    if (called === undefined) return undefined
    const given = childOf(node, 'arguments')?.children ?? []
    const name = textOf(this.#tree, called)
    if (called.type === 'identifier') {
      if (name === 'Environment' || lookUp(scope, name)?.kind === 'environment') return ENVIRONMENT
      if (HAND_ON.has(name)) return this.#firstOf(given, scope)
      const target = this.#functions.get(name)
      return target === undefined ? undefined : this.#scopes.get(target)?.returned
    }
    if (called.type !== 'attribute') return undefined
    if (/(?:^|\.)api\.Environment$|^util\.env$/.test(name)) return ENVIRONMENT
    const method = childOf(called, 'attribute')
    const object = childOf(called, 'object')
    const flow = object && this.#flowOf(object, scope)
    const member = method === undefined ? '' : textOf(this.#tree, method)
    if (flow?.kind === 'environment') {
      if (member === 'ref') return this.#records('env.ref', node, undefined)
      if (member !== 'get') return undefined
      return this.#records('env.get', node, stringOf(this.#tree, given[0]))
    }
    if (flow === undefined) return undefined
    if (member === 'mapped' || member === 'copy') return { kind: 'records' }
    return RECORD_METHODS.has(member) ? flow : undefined
  }

  #records(what: string, node: SyntaxNode, model: string | undefined): Flow {
    this.#generic ??= this.#reason(what, node)
    return { kind: 'records', ...(model !== undefined && { model }) }
  }

  #reason(what: string, node: SyntaxNode): TierReason {
    return { what, line: lineOf(this.#tree, node.start) }
  }
}

function rightOf(node: SyntaxNode): SyntaxNode | undefined {
  return childOf(node, 'right') ?? childOf(node, 'value')
}

function lookUp(scope: Scope, name: string): Flow | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const flow = at.names.get(name)
    if (flow !== undefined) return flow
  }
  return undefined
}

/** `a, b = x, y` binds one by one. */
function pairwise(
  target: SyntaxNode,
  value: SyntaxNode,
): readonly (readonly [SyntaxNode, SyntaxNode | undefined])[] | undefined {
  const isList = /^(?:expression_list|tuple|list)$/.test(value.type)
  if (!/pattern_list|tuple_pattern/.test(target.type) || !isList) return undefined
  if (target.children.length !== value.children.length) return undefined
  return target.children.map((left, at) => [left, value.children[at]] as const)
}

function parameterNames(tree: SyntaxTree, node: SyntaxNode): readonly string[] {
  return (childOf(node, 'parameters')?.children ?? []).flatMap((parameter) => {
    const named = childrenOf(parameter, 'name')[0] ?? parameter.children[0] ?? parameter
    return parameter.type === 'comment' ? [] : [textOf(tree, named)]
  })
}
