import type { Tree, TreeCursor } from 'web-tree-sitter'

/** A named node of a syntax tree, copied out of the parser's memory. */
export interface PlainNode {
  readonly type: string
  /** What it is to its parent: `left`, `body`, `name`. */
  readonly field: string | null
  /** Places in the text, the end exclusive. */
  readonly start: number
  readonly end: number
  readonly children: readonly PlainNode[]
}

const NO_CHILDREN: readonly PlainNode[] = []
const FORMATTED = /^[a-zA-Z]*[fFtT]/
/** Nodes whose parts say nothing more than their text. */
const LEAVES: ReadonlySet<string> = new Set(['identifier', 'dotted_name', 'integer', 'float'])

/** Copies a tree: reading the nodes in the parser's memory one by one is slower. */
export function plainTree(tree: Tree, text: string): PlainNode {
  const cursor = tree.walk()
  try {
    return copyNode(cursor, null, text)
  } finally {
    cursor.delete()
  }
}

/** The child that plays a role. */
export function childOf(node: PlainNode, field: string): PlainNode | undefined {
  return node.children.find((child) => child.field === field)
}

/** All children that play a role. */
export function childrenOf(node: PlainNode, field: string): readonly PlainNode[] {
  return node.children.filter((child) => child.field === field)
}

/** Where the first thing is that the grammar does not know. */
export function firstErrorIn(tree: Tree): number | undefined {
  if (!tree.rootNode.hasError) return undefined
  let node = tree.rootNode
  for (;;) {
    const next = node.children.find((child) => child?.hasError === true)
    if (next === undefined || next === null) return node.startIndex
    if (next.isError || next.isMissing) return next.startIndex
    node = next
  }
}

function copyNode(cursor: TreeCursor, field: string | null, text: string): PlainNode {
  const { nodeType: type, startIndex: start, endIndex: end } = cursor
  if (LEAVES.has(type)) return { type, field, start, end, children: NO_CHILDREN }
  if (type === 'string' && !FORMATTED.test(text.slice(start, start + 4))) {
    return { type, field, start, end, children: NO_CHILDREN }
  }
  const children: PlainNode[] = []
  if (cursor.gotoFirstChild()) {
    do {
      if (!cursor.nodeIsNamed || cursor.nodeType === 'comment') continue
      children.push(copyNode(cursor, cursor.currentFieldName, text))
    } while (cursor.gotoNextSibling())
    cursor.gotoParent()
  }
  return { type, field, start, end, children }
}
