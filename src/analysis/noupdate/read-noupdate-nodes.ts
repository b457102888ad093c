import { readXmlNodes, type XmlNodeView } from '../../odoo/data/index.js'
import type { NoupdateChild, NoupdateNode } from './noupdate-node.js'

const ROOTS = new Set(['odoo', 'openerp', 'data'])

/**
 * The records and templates of an XML file as upgrade_analysis reads them: those directly under the root, and
 * records, then templates, directly under a `data` element, with that element's flag alone. Only those in
 * `wanted` are returned; a file that is no XML, or has another root, gives none.
 */
export function readNoupdateNodes(
  content: Uint8Array,
  file: string,
  wanted: ReadonlySet<string>,
): readonly NoupdateNode[] {
  return readXmlNodes(content, file, (root) => {
    if (!ROOTS.has(root.name)) return []
    const nodes: NoupdateNode[] = []
    const take = (element: XmlNodeView, noupdate: boolean): void => {
      const attributes = element.attributes()
      if (attributes.id && wanted.has(attributes.id)) nodes.push(nodeOf(element, noupdate))
    }
    if (root.name === 'data') takeData(root, take)
    for (const child of root.elements()) {
      if (child.name === 'data') takeData(child, take)
      else if (child.name === 'record' && root.name !== 'data') take(child, flagOf(root))
    }
    return nodes
  })
}

type Take = (element: XmlNodeView, noupdate: boolean) => void

function takeData(data: XmlNodeView, take: Take): void {
  const noupdate = flagOf(data)
  const children = data.elements()
  for (const tag of ['record', 'template']) {
    for (const child of children) if (child.name === tag) take(child, noupdate)
  }
}

function flagOf(element: XmlNodeView): boolean {
  return element.flag('noupdate') ?? false
}

function nodeOf(element: XmlNodeView, noupdate: boolean): NoupdateNode {
  const { id = '', model = '', forcecreate } = element.attributes()
  const isTemplate = element.name === 'template'
  element.removeBlanks()
  return {
    tag: isTemplate ? 'template' : 'record',
    id,
    noupdate,
    model,
    forcecreate: forcecreate || undefined,
    children: isTemplate ? [] : element.elements().map(childOf),
    xml: isTemplate ? element.xml() : '',
  }
}

function childOf(element: XmlNodeView): NoupdateChild {
  const attributes = element.attributes()
  const { name, eval: expression, ref } = attributes
  const isPlain = element.isPlain()
  const xml = isPlain ? undefined : element.xml()
  const value = expression ?? ref ?? (element.hasChildren() ? xml : element.text())
  return { tag: element.name, name, attributes, value: value ?? null, text: element.text(), xml }
}
