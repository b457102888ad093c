import type { Node, TreeCursor } from 'web-tree-sitter'
import { loadPythonGrammar } from '../../../text/index.js'
import type { SyntaxNode, SyntaxTree } from './syntax-node.js'

/** Reads Python into syntax trees. */
export interface PythonParser {
  parse(text: string): SyntaxTree
}

/** Statements that only Python 2 knows; the grammar reads them. */
const PYTHON_2: ReadonlySet<string> = new Set(['print_statement', 'exec_statement'])

/** Loads the grammar, which takes a tenth of a second; rejects when its files are not there. */
export async function loadPythonParser(): Promise<PythonParser> {
  const parser = await loadPythonGrammar()
  return {
    parse(text) {
      const tree = parser.parse(text)
      if (tree === null) throw new Error('the parser gave nothing back')
      try {
        const root = plainTree(tree.walk())
        const errorAt = tree.rootNode.hasError ? firstError(tree.rootNode) : firstPython2(root)
        return { root, text, errorAt }
      } finally {
        tree.delete()
      }
    },
  }
}

/** Copies the named nodes out of the parser's memory: reading them there one by one is slower. */
function plainTree(cursor: TreeCursor): SyntaxNode {
  const root = copyNode(cursor, null)
  cursor.delete()
  return root
}

function copyNode(cursor: TreeCursor, field: string | null): SyntaxNode {
  const children: SyntaxNode[] = []
  const node = {
    type: cursor.nodeType,
    field,
    start: cursor.startIndex,
    end: cursor.endIndex,
    children,
  }
  if (node.type === 'comment' || !cursor.gotoFirstChild()) return node
  do {
    if (cursor.nodeIsNamed) children.push(copyNode(cursor, cursor.currentFieldName))
  } while (cursor.gotoNextSibling())
  cursor.gotoParent()
  return node
}

function firstError(node: Node): number {
  for (const child of node.children) {
    if (child === null || !child.hasError) continue
    return child.isError || child.isMissing ? child.startIndex : firstError(child)
  }
  return node.startIndex
}

function firstPython2(node: SyntaxNode): number | undefined {
  if (PYTHON_2.has(node.type)) return node.start
  for (const child of node.children) {
    const at = firstPython2(child)
    if (at !== undefined) return at
  }
  return undefined
}
