import type { FunctionBody } from './function-bodies.js'
import { childOf, childrenOf, type PlainNode } from './plain-node.js'
import type {
  PythonClass,
  PythonFunction,
  PythonSlot,
  PythonStatement,
  PythonTarget,
} from './python-syntax.js'
import type { ExpressionReader } from './read-expression.js'

/** Branches that are taken when the first one failed. */
const FALLBACKS: ReadonlySet<string> = new Set(['except_clause', 'else_clause', 'elif_clause'])
const LOOPS: ReadonlySet<string> = new Set([
  ...['for_statement', 'while_statement', 'match_statement'],
])

/** What the statements of one file are read with. */
export interface FileContext {
  readonly expressions: ExpressionReader
  readonly bodies: ReadonlyMap<number, FunctionBody>
  readonly lineOf: (at: number) => number
  /** Called for what the grammar reads and Python 3 does not. */
  readonly refuse: (node: PlainNode) => void
}

/** The statements of a block that define something; those in `if`, `try` and `with` are among them. */
export function readStatements(
  block: PlainNode,
  context: FileContext,
  isFallback = false,
): readonly PythonStatement[] {
  return block.children.flatMap((node) => readStatement(node, context, isFallback))
}

function readStatement(
  node: PlainNode,
  context: FileContext,
  isFallback: boolean,
): readonly PythonStatement[] {
  switch (node.type) {
    case 'expression_statement':
      return node.children.flatMap((child) => readSimple(child, context, isFallback))
    case 'import_statement':
      return readImport(node, context)
    case 'import_from_statement':
      return readFrom(node, context)
    case 'class_definition':
      return readClass(node, context)
    case 'function_definition':
      return readFunction(node, context, [])
    case 'decorated_definition':
      return readDecorated(node, context)
    case 'if_statement':
      return isTypeChecking(node, context) ? [] : readBranches(node, context, isFallback)
    case 'try_statement':
    case 'with_statement':
      return readBranches(node, context, isFallback)
    case 'print_statement':
    case 'exec_statement':
      context.refuse(node)
      return []
    case 'ERROR':
      return readStatements(node, context, isFallback)
    default:
      return LOOPS.has(node.type)
        ? [{ kind: 'block', what: node.type, line: context.lineOf(node.start) }]
        : []
  }
}

function readBranches(
  node: PlainNode,
  context: FileContext,
  isFallback: boolean,
): readonly PythonStatement[] {
  return node.children.flatMap((child) => {
    if (child.type === 'block') return readStatements(child, context, isFallback)
    const isOther = isFallback || FALLBACKS.has(child.type)
    return /_clause$/.test(child.type) ? readBranches(child, context, isOther) : []
  })
}

function isTypeChecking(node: PlainNode, { expressions }: FileContext): boolean {
  const test = childOf(node, 'condition')
  return test !== undefined && /^(typing\.)?TYPE_CHECKING$/.test(expressions.textOf(test))
}

function readSimple(
  node: PlainNode,
  context: FileContext,
  isFallback: boolean,
): readonly PythonStatement[] {
  if (node.type === 'assignment') return readAssignment(node, context, isFallback)
  if (node.type === 'augmented_assignment') return readAugmented(node, context)
  return node.type === 'call' ? readSetattr(node, context) : []
}

/** `a = b = value` gives the value to one after the other; targets that are no names are attached. */
function readAssignment(
  node: PlainNode,
  context: FileContext,
  isFallback: boolean,
): readonly PythonStatement[] {
  const { expressions } = context
  const lefts: PlainNode[] = []
  let right: PlainNode | undefined = node
  while (right?.type === 'assignment') {
    const left = childOf(right, 'left')
    if (left !== undefined) lefts.push(left)
    right = childOf(right, 'right')
  }
  if (right === undefined) return []
  const slot = expressions.slot(right)
  const targets: PythonTarget[] = []
  const attached: PythonStatement[] = []
  for (const left of lefts) {
    const target = expressions.target(left)
    if (target !== undefined) targets.push(target)
    else attached.push(...attach(left, slot, context))
  }
  if (targets.length === 0) return attached
  return [{ kind: 'assign', targets, slot, ...(isFallback && { isFallback }) }, ...attached]
}

function attach(
  left: PlainNode,
  slot: PythonSlot,
  { expressions }: FileContext,
): PythonStatement[] {
  const [of, name] = [childOf(left, 'object'), childOf(left, 'attribute')]
  if (left.type !== 'attribute' || of === undefined || name === undefined) return []
  const value = expressions.textOf(name)
  return [{ kind: 'attach', of: expressions.read(of), name: value, slot }]
}

function readAugmented(node: PlainNode, { expressions }: FileContext): readonly PythonStatement[] {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')]
  if (left?.type !== 'identifier' || right === undefined) return []
  const between = expressions.textOf({ ...node, start: left.end, end: right.start })
  const operator = between.trim().slice(0, -1)
  const name = expressions.textOf(left)
  return [{ kind: 'augment', name, operator, slot: expressions.slot(right) }]
}

function readSetattr(node: PlainNode, { expressions }: FileContext): readonly PythonStatement[] {
  const callee = childOf(node, 'function')
  if (callee === undefined || expressions.textOf(callee) !== 'setattr') return []
  const call = expressions.read(node)
  if (typeof call !== 'object' || call?.kind !== 'call') return []
  const [of, name] = call.args
  const slot = call.slots?.[2]
  if (of === undefined || name === undefined || slot === undefined) return []
  return [{ kind: 'attach', of, name, slot }]
}

function readImport(node: PlainNode, context: FileContext): readonly PythonStatement[] {
  const line = context.lineOf(node.start)
  return childrenOf(node, 'name').map((child) => {
    const [module, alias] = nameAndAlias(child, context)
    return { kind: 'import', module, alias, line }
  })
}

function readFrom(node: PlainNode, context: FileContext): readonly PythonStatement[] {
  const from = childOf(node, 'module_name')
  if (from === undefined) return []
  const path = context.expressions.textOf(from).replace(/\s/g, '')
  const module = path.replace(/^\.+/, '')
  const names = childrenOf(node, 'name').map((child) => {
    const [name, alias] = nameAndAlias(child, context)
    return [name, alias ?? name] as const
  })
  const line = context.lineOf(node.start)
  return [{ kind: 'from', level: path.length - module.length, module, names, line }]
}

function nameAndAlias(
  node: PlainNode,
  { expressions }: FileContext,
): readonly [name: string, alias: string | null] {
  const [name, alias] = [childOf(node, 'name'), childOf(node, 'alias')]
  if (node.type !== 'aliased_import' || name === undefined || alias === undefined) {
    return [expressions.textOf(node).replace(/\s/g, ''), null]
  }
  return [expressions.textOf(name).replace(/\s/g, ''), expressions.textOf(alias)]
}

function readDecorated(node: PlainNode, context: FileContext): readonly PythonStatement[] {
  const definition = childOf(node, 'definition')
  if (definition?.type === 'class_definition') return readClass(definition, context)
  if (definition === undefined) return []
  const decorators = node.children.filter(({ type }) => type === 'decorator')
  return readFunction(definition, context, decorators)
}

function readClass(node: PlainNode, context: FileContext): readonly PythonClass[] {
  const { expressions } = context
  const [name, body] = [childOf(node, 'name'), childOf(node, 'body')]
  if (name === undefined || body === undefined) return []
  if (body.children.length === 0) context.refuse(node)
  const bases = (childOf(node, 'superclasses')?.children ?? [])
    .filter(({ type }) => type !== 'keyword_argument')
    .map((child) => expressions.read(child))
  const docstring = docstringOf(body, context)
  return [
    {
      kind: 'class',
      name: expressions.textOf(name),
      line: context.lineOf(node.start),
      bases,
      ...(docstring !== undefined && { docstring }),
      body: readStatements(body, context),
    },
  ]
}

function docstringOf(body: PlainNode, { expressions }: FileContext): string | undefined {
  const first = body.children[0]
  const only = first?.type === 'expression_statement' ? first.children[0] : undefined
  if (only === undefined || first?.children.length !== 1 || !/string$/.test(only.type)) {
    return undefined
  }
  const read = expressions.read(only)
  return typeof read === 'string' ? read : undefined
}

function readFunction(
  node: PlainNode,
  context: FileContext,
  decorators: readonly PlainNode[],
): readonly PythonFunction[] {
  const { expressions, lineOf } = context
  const name = childOf(node, 'name')
  if (name === undefined) return []
  const body = context.bodies.get(node.start)
  const last = childOf(node, 'body')?.children.at(-1)
  const result = last?.type === 'return_statement' ? last.children[0] : undefined
  const parameters = expressions.parameters(childOf(node, 'parameters'))
  return [
    {
      kind: 'function',
      name: expressions.textOf(name),
      line: lineOf(node.start),
      endLine: body?.endLine ?? lineOf(node.end),
      ...(decorators.length > 0 && {
        decorators: decorators.flatMap(({ children }) =>
          children.map((of) => expressions.read(of)),
        ),
      }),
      ...(parameters.length > 0 && { parameters }),
      ...(body?.callsSuper === true && { callsSuper: true }),
      ...(result !== undefined && { returns: expressions.slot(result) }),
    },
  ]
}
