/** A named node of a Python syntax tree, with the names of tree-sitter-python. */
export interface SyntaxNode {
  readonly type: string
  /** What it is to its parent: `left`, `body`, `name` …; null when it has no role of its own. */
  readonly field: string | null
  /** First and last character in the text, the last one exclusive. */
  readonly start: number
  readonly end: number
  readonly children: readonly SyntaxNode[]
}

/** A parsed file. */
export interface SyntaxTree {
  readonly root: SyntaxNode
  readonly text: string
  /** Where the first thing is that Python does not read; undefined when all of it is read. */
  readonly errorAt: number | undefined
}

/** The child that plays a role. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field)
}

/** All children that play a role. */
export function childrenOf(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === field)
}

/** A node's part of the text. */
export function textOf(tree: SyntaxTree, node: SyntaxNode): string {
  return tree.text.slice(node.start, node.end)
}

/** The line of a place in the text, from 1. */
export function lineOf(tree: SyntaxTree, at: number): number {
  let line = 1
  for (let next = tree.text.indexOf('\n'); next >= 0 && next < at; line += 1) {
    next = tree.text.indexOf('\n', next + 1)
  }
  return line
}

/** The value of a string literal without interpolation and escapes; undefined for anything else. */
export function stringOf(tree: SyntaxTree, node: SyntaxNode | undefined): string | undefined {
  if (node?.type !== 'string') return undefined
  const content = node.children.filter((child) => child.type === 'string_content')
  const isPlain = node.children.every((child) => child.type.startsWith('string_'))
  const [only] = content
  if (!isPlain || content.length > 1 || (only !== undefined && only.children.length > 0)) {
    return undefined
  }
  return only === undefined ? '' : textOf(tree, only)
}
