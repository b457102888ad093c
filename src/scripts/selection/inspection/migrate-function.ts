import type { MigrateFunction, ScriptParameter } from './script-inspection.js'
import {
  childOf,
  childrenOf,
  lineOf,
  type SyntaxNode,
  type SyntaxTree,
  textOf,
} from './syntax-node.js'

const NAME = 'migrate'

/** The `migrate` that a file ends up with, if it has one on its top level. */
export function migrateOf(tree: SyntaxTree): MigrateFunction | undefined {
  let found: MigrateFunction | undefined
  for (const statement of topLevel(tree.root)) found = definition(tree, statement) ?? found
  return found
}

/** Statements of the top level, also those inside of `if` and `try`. */
function* topLevel(node: SyntaxNode): Generator<SyntaxNode> {
  for (const child of node.children) {
    yield child
    if (BRANCHES.has(child.type)) yield* topLevel(child)
  }
}

const BRANCHES: ReadonlySet<string> = new Set([
  ...['if_statement', 'elif_clause', 'else_clause', 'try_statement', 'except_clause'],
  ...['finally_clause', 'block', 'expression_statement', 'decorated_definition', 'with_statement'],
])

function definition(tree: SyntaxTree, node: SyntaxNode): MigrateFunction | undefined {
  const isNamed = (child: SyntaxNode | undefined) =>
    child !== undefined && textOf(tree, child) === NAME
  const line = lineOf(tree, node.start)
  switch (node.type) {
    case 'function_definition': {
      if (!isNamed(childOf(node, 'name'))) return undefined
      return { line, parameters: parametersOf(tree, childOf(node, 'parameters')) }
    }
    case 'assignment':
      return isNamed(childOf(node, 'left')) ? { line, parameters: undefined } : undefined
    case 'import_from_statement': {
      const names = childrenOf(node, 'name').map((name) => childOf(name, 'alias') ?? name)
      return names.some(isNamed) ? { line, parameters: undefined } : undefined
    }
    default:
      return undefined
  }
}

function parametersOf(tree: SyntaxTree, list: SyntaxNode | undefined): readonly ScriptParameter[] {
  const parameters: ScriptParameter[] = []
  let kind: ScriptParameter['kind'] = 'positional'
  for (const node of list?.children ?? []) {
    const hasDefault = node.type.endsWith('default_parameter')
    const inner = node.type === 'typed_parameter' ? (node.children[0] ?? node) : node
    const name = textOf(tree, childOf(inner, 'name') ?? inner)
    switch (inner.type) {
      case 'list_splat_pattern':
        parameters.push({ name: name.slice(1), kind: 'rest', hasDefault })
        kind = 'keyword-only'
        break
      case 'dictionary_splat_pattern':
        parameters.push({ name: name.slice(2), kind: 'keywords', hasDefault })
        break
      case 'keyword_separator':
        kind = 'keyword-only'
        break
      case 'positional_separator':
      case 'comment':
        break
      default:
        parameters.push({ name, kind, hasDefault })
    }
  }
  return parameters
}
