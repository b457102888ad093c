import type { ScriptImport } from './script-inspection.js'
import {
  childOf,
  childrenOf,
  lineOf,
  type SyntaxNode,
  type SyntaxTree,
  textOf,
} from './syntax-node.js'

/** All imports of a file, wherever they stand, in the order of the text. */
export function importsOf(tree: SyntaxTree): readonly ScriptImport[] {
  const imports: ScriptImport[] = []
  collect(tree, tree.root, false, imports)
  return imports
}

function collect(
  tree: SyntaxTree,
  node: SyntaxNode,
  optional: boolean,
  imports: ScriptImport[],
): void {
  const line = () => lineOf(tree, node.start)
  if (node.type === 'import_statement') {
    for (const name of childrenOf(node, 'name')) {
      imports.push({ module: nameOf(tree, name), names: [], line: line(), optional })
    }
  } else if (node.type === 'import_from_statement') {
    const from = childOf(node, 'module_name')
    const names = childrenOf(node, 'name').map((name) => nameOf(tree, name))
    if (from !== undefined) {
      imports.push({ module: textOf(tree, from), names, line: line(), optional })
    }
  } else {
    const inside = optional || node.type === 'try_statement'
    for (const child of node.children) collect(tree, child, inside, imports)
  }
}

/** `a.b` of `a.b` and of `a.b as c`. */
function nameOf(tree: SyntaxTree, node: SyntaxNode): string {
  return textOf(tree, childOf(node, 'name') ?? node)
}
