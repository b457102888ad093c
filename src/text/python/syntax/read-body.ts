import type { Parser } from 'web-tree-sitter'
import { childOf, childrenOf, firstErrorIn, type PlainNode, plainTree } from './plain-node.js'
import { loadPythonGrammar } from './python-grammar.js'
import type { PythonExpression, PythonTarget } from './python-syntax.js'
import { ExpressionReader } from './read-expression.js'

/** A statement of a function's body. What is not followed, such as `try`, is `unread`. */
export type PythonCode =
  | { readonly kind: 'value'; readonly of: PythonExpression }
  | {
      readonly kind: 'let'
      readonly targets: readonly PythonTarget[]
      readonly value: PythonExpression
    }
  /** `name += value`, or another operator. */
  | {
      readonly kind: 'augment'
      readonly name: string
      readonly operator: string
      readonly value: PythonExpression
    }
  | {
      readonly kind: 'if'
      readonly test: PythonExpression
      readonly yes: readonly PythonCode[]
      readonly no: readonly PythonCode[]
    }
  | {
      readonly kind: 'each'
      readonly target: PythonTarget
      readonly items: PythonExpression
      readonly body: readonly PythonCode[]
    }
  | { readonly kind: 'return'; readonly value: PythonExpression }
  | { readonly kind: 'unread'; readonly what: string }

/** A function with what it does. */
export interface PythonFunctionBody {
  readonly parameters: readonly string[]
  readonly body: readonly PythonCode[]
}

/** Reads single functions with their bodies. */
export interface PythonBodyReader {
  /** Reads the text of one `def`, indented or not; undefined for what is none, or no Python. */
  read(text: string): PythonFunctionBody | undefined
}

/** Loads the grammar, which takes a tenth of a second. */
export async function loadPythonBodyReader(): Promise<PythonBodyReader> {
  const parser = await loadPythonGrammar()
  return { read: (text) => readFunction(dedent(text), parser) }
}

/** Removes the indentation of the first line from all lines; texts in quotes may stand further left. */
function dedent(text: string): string {
  const indent = /^[ \t]*/.exec(text)?.[0] ?? ''
  if (indent === '') return text
  return text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n')
}

function readFunction(text: string, parser: Parser): PythonFunctionBody | undefined {
  const tree = parser.parse(text)
  if (tree === null) return undefined
  try {
    if (firstErrorIn(tree) !== undefined) return undefined
    const root = plainTree(tree, text)
    const definition = definitionIn(root)
    const block = definition && childOf(definition, 'body')
    if (definition === undefined || block === undefined) return undefined
    const expressions = new ExpressionReader(text, () => 0)
    const parameters = expressions
      .parameters(childOf(definition, 'parameters'))
      .map((parameter) => (typeof parameter === 'string' ? parameter : parameter.name))
    return { parameters, body: readBlock(block, expressions) }
  } finally {
    tree.delete()
  }
}

function definitionIn(root: PlainNode): PlainNode | undefined {
  for (const node of root.children) {
    if (node.type === 'function_definition') return node
    if (node.type === 'decorated_definition') return childOf(node, 'definition')
  }
  return undefined
}

function readBlock(block: PlainNode, expressions: ExpressionReader): readonly PythonCode[] {
  return block.children.flatMap((node) => readCode(node, expressions))
}

function readCode(node: PlainNode, expressions: ExpressionReader): readonly PythonCode[] {
  switch (node.type) {
    case 'expression_statement':
      return node.children.map((child) => readSimple(child, expressions))
    case 'if_statement':
      return [readIf(node, node.children, expressions)]
    case 'for_statement':
      return [readFor(node, expressions)]
    case 'return_statement': {
      const value = node.children[0]
      return [{ kind: 'return', value: value === undefined ? null : expressions.read(value) }]
    }
    case 'pass_statement':
    case 'comment':
      return []
    default:
      return [{ kind: 'unread', what: node.type }]
  }
}

function readSimple(node: PlainNode, expressions: ExpressionReader): PythonCode {
  if (node.type === 'assignment') return readAssignment(node, expressions)
  if (node.type === 'augmented_assignment') {
    const [left, right] = [childOf(node, 'left'), childOf(node, 'right')]
    if (left?.type !== 'identifier' || right === undefined) return unread(node)
    const between = expressions.textOf({ ...left, start: left.end, end: right.start })
    return {
      kind: 'augment',
      name: expressions.textOf(left),
      operator: between.replace('=', '').trim(),
      value: expressions.read(right),
    }
  }
  return { kind: 'value', of: expressions.read(node) }
}

/** `a = b = value`: the inner assignment is the right side of the outer one. */
function readAssignment(node: PlainNode, expressions: ExpressionReader): PythonCode {
  const targets: PythonTarget[] = []
  let current: PlainNode | undefined = node
  while (current?.type === 'assignment') {
    const target = expressions.target(childOf(current, 'left'))
    if (target === undefined) return unread(node)
    targets.push(target)
    current = childOf(current, 'right')
  }
  if (current === undefined) return unread(node)
  return { kind: 'let', targets, value: expressions.read(current) }
}

function readIf(
  node: PlainNode,
  clauses: readonly PlainNode[],
  expressions: ExpressionReader,
): PythonCode {
  const test = childOf(node, 'condition')
  const yes = childOf(node, 'consequence')
  if (test === undefined || yes === undefined) return unread(node)
  const others = clauses.filter(({ type }) => type === 'elif_clause' || type === 'else_clause')
  const [next, ...rest] = others
  return {
    kind: 'if',
    test: expressions.read(test),
    yes: readBlock(yes, expressions),
    no: next === undefined ? [] : readOther(next, rest, expressions),
  }
}

function readOther(
  clause: PlainNode,
  rest: readonly PlainNode[],
  expressions: ExpressionReader,
): readonly PythonCode[] {
  if (clause.type === 'elif_clause') return [readIf(clause, rest, expressions)]
  const body = childOf(clause, 'body')
  return body === undefined ? [unread(clause)] : readBlock(body, expressions)
}

function readFor(node: PlainNode, expressions: ExpressionReader): PythonCode {
  const target = expressions.target(childOf(node, 'left'))
  const items = childOf(node, 'right')
  const body = childOf(node, 'body')
  if (target === undefined || items === undefined || body === undefined) return unread(node)
  if (childrenOf(node, 'alternative').length > 0) return unread(node)
  return {
    kind: 'each',
    target,
    items: expressions.read(items),
    body: readBlock(body, expressions),
  }
}

function unread({ type }: PlainNode): PythonCode {
  return { kind: 'unread', what: type }
}
