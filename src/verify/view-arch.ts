import type { XmlDocument, XmlElement, XmlTreeNode } from 'libxml2-wasm'

/** A field of a view. */
export interface ViewField {
  readonly name: string
  /** `row`, `col` or `measure` in pivots and graphs. */
  readonly role: string
  /** Whether the form asks the server when it changes; told up to 16.0. */
  readonly onChange: string
  /** Views of the records behind it, by type; `tree` is called `list`. */
  readonly views: ReadonlyMap<string, readonly ViewField[]>
}

/** What a view shows. */
export interface ViewArch {
  readonly fields: readonly ViewField[]
  /** Field that a kanban view groups by from the start. */
  readonly groupedBy: string | undefined
  /** Whether the web client offers to make a record with it. */
  readonly creates: boolean
}

type Library = typeof import('libxml2-wasm')

const SUBVIEWS: ReadonlySet<string> = new Set(['form', 'list', 'tree', 'kanban'])
/** They hold fields of other models, or none that are read with the record. */
const APART: ReadonlySet<string> = new Set(['groupby', 'searchpanel', 'control'])

/** Reads the XML of views. Architectures are a server's answer: nothing outside of them is loaded. */
export async function openArchReader(): Promise<(arch: string) => ViewArch> {
  const xml = await import('libxml2-wasm')
  return (arch) => readArch(xml, arch)
}

function readArch(xml: Library, arch: string): ViewArch {
  let document: XmlDocument | undefined
  try {
    const option = xml.ParseOption.XML_PARSE_NO_XXE | xml.ParseOption.XML_PARSE_NONET
    document = xml.XmlDocument.fromString(arch, { option })
    const { root } = document
    return {
      fields: fieldsBelow(xml, root),
      groupedBy: root.attr('default_group_by')?.value,
      creates: !/^(0|false)$/i.test(root.attr('create')?.value ?? ''),
    }
  } finally {
    document?.dispose()
  }
}

function fieldsBelow(xml: Library, element: XmlElement): readonly ViewField[] {
  const found = new Map<string, ViewField>()
  const visit = (parent: XmlElement): void => {
    for (const child of elementsIn(xml, parent)) {
      const name = child.name === 'field' ? child.attr('name')?.value : undefined
      if (name === undefined) {
        if (!APART.has(child.name)) visit(child)
        continue
      }
      const views = subviews(xml, child)
      if (found.has(name) && views.size === 0) continue
      found.set(name, {
        name,
        role: child.attr('type')?.value ?? '',
        onChange: child.attr('on_change')?.value ?? '',
        views,
      })
    }
  }
  visit(element)
  return [...found.values()]
}

function subviews(xml: Library, field: XmlElement): ReadonlyMap<string, readonly ViewField[]> {
  const views = elementsIn(xml, field).filter(({ name }) => SUBVIEWS.has(name))
  return new Map(views.map((view) => [listName(view.name), fieldsBelow(xml, view)]))
}

function elementsIn(xml: Library, parent: XmlElement): readonly XmlElement[] {
  const found: XmlElement[] = []
  for (let at: XmlTreeNode | null = parent.firstChild; at !== null; at = at.next) {
    if (at instanceof xml.XmlElement) found.push(at)
  }
  return found
}

/** Lists were called trees up to 17.0. */
export function listName(type: string): string {
  return type === 'tree' ? 'list' : type
}
