import { fieldsOf } from './log-in.js'

/** A menu that opens something. */
export interface MenuAction {
  /** `Sales › Orders › Quotations` */
  readonly path: string
  readonly actionId: number
  readonly actionModel: string
}

const BETWEEN = ' › '

/**
 * The menus with an action, in the order in which they are shown. 14.0 answers a tree, 15.0 and newer an
 * object by number. An app's own entry repeats the action of its first menu and is left out then.
 */
export function readMenus(answer: unknown): readonly MenuAction[] {
  const root = fieldsOf(answer)
  const found = Array.isArray(root.children) ? fromTree(root) : fromObject(root)
  const children = new Set(found.filter(({ depth }) => depth > 0).map(({ actionId }) => actionId))
  return found
    .filter(({ depth, actionId }) => depth > 0 || !children.has(actionId))
    .map(({ path, actionId, actionModel }) => ({ path, actionId, actionModel }))
}

type Found = MenuAction & { readonly depth: number }
type Menu = Readonly<Record<string, unknown>>

function fromObject(menus: Menu): readonly Found[] {
  const visit = (id: unknown, above: readonly string[], seen: ReadonlySet<unknown>): Found[] => {
    const menu = fieldsOf(menus[String(id)])
    if (menu.id === undefined || seen.has(id)) return []
    const names = id === 'root' ? [] : [...above, String(menu.name)]
    return [
      ...entryOf(names, menu.actionID, menu.actionModel),
      ...listOf(menu.children).flatMap((child) => visit(child, names, new Set([...seen, id]))),
    ]
  }
  return visit('root', [], new Set())
}

function fromTree(root: Menu): readonly Found[] {
  const visit = (menu: Menu, above: readonly string[]): Found[] => {
    const names = [...above, String(menu.name)]
    // `ir.actions.act_window,123`
    const [model, id] = typeof menu.action === 'string' ? menu.action.split(',') : []
    return [
      ...entryOf(names, id === undefined ? undefined : Number(id), model),
      ...listOf(menu.children).flatMap((child) => visit(fieldsOf(child), names)),
    ]
  }
  return listOf(root.children).flatMap((child) => visit(fieldsOf(child), []))
}

function entryOf(names: readonly string[], id: unknown, model: unknown): readonly Found[] {
  if (typeof id !== 'number' || typeof model !== 'string') return []
  return [{ path: names.join(BETWEEN), actionId: id, actionModel: model, depth: names.length - 1 }]
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
