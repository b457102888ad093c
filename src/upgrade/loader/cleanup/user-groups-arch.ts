import type { GroupCategory, ShownGroup, UserGroups } from './user-groups.js'

/** Groups of one category, as the form shows them. */
interface Application {
  readonly category: GroupCategory | undefined
  readonly kind: 'selection' | 'boolean'
  readonly groups: readonly ShownGroup[]
  readonly heading: { readonly name: string; readonly sequence: number }
}

type Attributes = Readonly<Record<string, string>>

const USER_TYPE = 'base.module_category_user_type'
const ACCOUNTING = 'base.module_category_accounting_accounting'
const HIDDEN: ReadonlySet<string> = new Set([
  'base.module_category_hidden',
  'base.module_category_extra',
  'base.module_category_usability',
])
const TECHNICAL = 'base.group_no_one'
const OTHER = { name: 'Other', sequence: 100 }

/**
 * The part of a user's form with a field for each group (res_users.py `_update_user_groups_view` of 16): the kind of
 * user first, then selections by the category above, then single groups.
 */
export function userGroupsArch(given: UserGroups): string {
  const all = applicationsOf(given)
  const kinds = all.filter(({ category }) => category?.xmlId === USER_TYPE)
  const others = all.filter(({ category }) => category?.xmlId !== USER_TYPE)
  const typeField = kinds[0] === undefined ? '' : selectionName(kinds[0].groups)
  const readonly =
    typeField === '' ? '{}' : `{'readonly': [('${typeField}', '!=', ${given.employee})]}`
  const invisible =
    typeField === '' ? '{}' : `{'invisible': [('${typeField}', '!=', ${given.employee})]}`
  const form = new Form(readonly, given.technical)
  for (const one of kinds) form.addKind(one)
  for (const one of others) {
    if (one.kind === 'selection') form.addSelection(one)
    else form.addBooleans(one)
  }
  return form.arch(invisible)
}

class Form {
  readonly #readonly: string
  readonly #technical: number
  readonly #unseen: string[] = []
  readonly #kinds: string[] = [
    element('separator', { string: 'User Type', colspan: '2', groups: TECHNICAL }),
  ]
  readonly #selections = new Map<
    string,
    { readonly heading: Application['heading']; readonly xml: string[] }
  >()
  readonly #booleans: string[] = []

  constructor(readonly: string, technical: number) {
    this.#readonly = readonly
    this.#technical = technical
  }

  addKind({ groups }: Application): void {
    const name = selectionName(groups)
    this.#unseen.push(element('field', { name, invisible: '1', on_change: '1' }))
    this.#kinds.push(element('field', { name, widget: 'radio', on_change: '1' }), '<newline/>')
  }

  addSelection({ category, groups, heading }: Application): void {
    const name = selectionName(groups)
    const attributes = { ...hiddenOf(category), attrs: this.#readonly, on_change: '1' }
    const key = `${heading.sequence} ${heading.name}`
    const known = this.#selections.get(key) ?? { heading, xml: ['<newline/>'] }
    this.#selections.set(key, known)
    known.xml.push(element('field', { name, ...attributes }), '<newline/>')
    if (!('groups' in attributes)) return
    const unseen = { ...attributes, invisible: '1', groups: `!${TECHNICAL}` }
    this.#unseen.push(element('field', { name, ...unseen }))
  }

  addBooleans({ category, groups }: Application): void {
    const hidden = hiddenOf(category)
    this.#booleans.push(element('separator', { string: category?.name || 'Other', ...hidden }))
    const attributes = { ...hidden, attrs: this.#readonly }
    const sides: [string[], string[]] = [[], []]
    for (const [at, { id }] of groups.entries()) {
      const name = `in_group_${id}`
      const shown = id === this.#technical ? { invisible: '1', ...attributes } : attributes
      sides[at % 2 === 0 ? 0 : 1].push(element('field', { name, ...shown }))
      const unseen = { ...attributes, invisible: '1', groups: `!${TECHNICAL}` }
      this.#unseen.push(element('field', { name, ...unseen }))
    }
    for (const side of sides) this.#booleans.push(element('group', {}, side))
  }

  arch(invisible: string): string {
    const selections = [...this.#selections.values()]
      .sort((a, b) => a.heading.sequence - b.heading.sequence)
      .map(({ heading, xml }) => element('group', { string: heading.name }, xml))
    return element('field', { name: 'groups_id', position: 'replace' }, [
      ...this.#unseen,
      element('group', { groups: TECHNICAL }, this.#kinds),
      element('group', { attrs: invisible }, [WARNING]),
      element('group', { attrs: invisible }, selections),
      element(
        'group',
        { attrs: invisible, groups: TECHNICAL, class: 'o_label_nowrap' },
        this.#booleans,
      ),
    ])
  }
}

const WARNING = element(
  'div',
  {
    class: 'alert alert-warning',
    role: 'alert',
    colspan: '2',
    attrs: "{'invisible': [('user_group_warning', '=', False)]}",
  },
  [
    element('label', {
      for: 'user_group_warning',
      string: 'Access Rights Mismatch',
      class: 'text text-warning fw-bold',
    }),
    element('field', { name: 'user_group_warning' }),
  ],
)

/** Categories by their sequence; those with the same one by the name of their first group. */
function applicationsOf({ groups, categories }: UserGroups): readonly Application[] {
  const byCategory = new Map<number, ShownGroup[]>()
  for (const group of groups) {
    byCategory.set(group.category, [...(byCategory.get(group.category) ?? []), group])
  }
  const others = byCategory.get(0)
  byCategory.delete(0)
  const found = [...byCategory]
    .map(([id, own]) => [categories.get(id), own] as const)
    .sort(([a], [b]) => (a?.sequence ?? 0) - (b?.sequence ?? 0))
    .map(([category, own]) => applicationOf(category, own))
  if (others === undefined) return found
  return [...found, { category: undefined, kind: 'boolean', groups: others, heading: OTHER }]
}

/** Groups that imply one another in a row are a selection. */
function applicationOf(
  category: GroupCategory | undefined,
  groups: readonly ShownGroup[],
): Application {
  const heading = category?.parent ?? OTHER
  if (category?.xmlId === USER_TYPE) {
    return { category, kind: 'selection', groups: [...groups].sort((a, b) => a.id - b.id), heading }
  }
  const own = new Set(groups.map(({ id }) => id))
  const rank = ({ implied }: ShownGroup): number => implied.filter((id) => own.has(id)).length
  const isTotal = new Set(groups.map(rank)).size === groups.length
  if (!isTotal && category?.xmlId !== ACCOUNTING) {
    return { category, kind: 'boolean', groups, heading: OTHER }
  }
  return {
    category,
    kind: 'selection',
    groups: [...groups].sort((a, b) => rank(a) - rank(b)),
    heading,
  }
}

function selectionName(groups: readonly ShownGroup[]): string {
  return `sel_groups_${groups.map(({ id }) => id).join('_')}`
}

function hiddenOf(category: GroupCategory | undefined): Attributes {
  return category !== undefined && HIDDEN.has(category.xmlId) ? { groups: TECHNICAL } : {}
}

function element(tag: string, attributes: Attributes, children: readonly string[] = []): string {
  const given = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')
  return children.length === 0
    ? `<${tag}${given}/>`
    : `<${tag}${given}>${children.join('')}</${tag}>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
