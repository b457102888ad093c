import { evaluateAction } from './action-expression.js'
import type { CheckKind, CheckSubject } from './check.js'
import type { CheckScope } from './check-scope.js'
import type { LoadedView, LoadedViews } from './loaded-views.js'
import { fieldsOf } from './log-in.js'
import { LINES_SHOWN } from './read-specification.js'
import { listName, type ViewField } from './view-arch.js'
import type { ViewRequest } from './web-client.js'

type Values = Readonly<Record<string, unknown>>
type NamedView = readonly [id: number | false, type: string]

/** A window action as its checks see it. */
interface Window {
  readonly model: string
  readonly menu: string
  readonly domain: unknown
  readonly context: Values
  readonly recordId: number | undefined
  readonly loaded: LoadedViews
}

/** Views that show records one by one. */
const RECORD_VIEWS = ['list', 'kanban', 'calendar']
const CELL_VIEWS = ['pivot', 'graph']

/**
 * Opens a window action as the web client does: its views, the first records of each view that lists some,
 * the columns and cells of those that group, one record in the form, and the form of a new record.
 */
export async function checkWindow(action: Values, menu: string, scope: CheckScope): Promise<void> {
  const { user, names } = scope
  const model = String(action.res_model)
  const context = { ...user.context, ...fieldsOf(evaluateAction(action.context, names)) }
  const loaded = await loadViews(action, { model, menu, context }, scope)
  const window: Window = {
    model,
    menu,
    domain: domainOf(action, scope),
    context,
    recordId: typeof action.res_id === 'number' && action.res_id > 0 ? action.res_id : undefined,
    loaded,
  }
  const ids = await checkLists(window, scope)
  await checkCells(window, scope)
  await checkForm(window, ids, scope)
}

/** What a domain needs that is known in a browser only is left out: more records are shown then. */
function domainOf(action: Values, { names }: CheckScope): unknown {
  const domain = evaluateAction(action.domain, names)
  return Array.isArray(domain) ? domain : []
}

/** All views at once, as the web client asks for them; one by one where that fails. */
async function loadViews(
  action: Values,
  { model, menu, context }: Pick<Window, 'model' | 'menu' | 'context'>,
  { web, checks }: CheckScope,
): Promise<LoadedViews> {
  const views = namedViews(action)
  const actionId = typeof action.id === 'number' ? action.id : false
  const subject = (type: string): CheckSubject => subjectOf('view', `${type} view`, menu, model)
  try {
    const loaded = await web.loadViews(model, views, context, actionId)
    for (const [, type] of views) checks.passed(subject(type))
    return loaded
  } catch {
    const found: LoadedViews[] = []
    for (const view of views) {
      const load = () => web.loadViews(model, [view], context, actionId)
      const loaded = await checks.run(subject(view[1]), load)
      if (loaded !== undefined) found.push(loaded)
    }
    return {
      views: new Map(found.flatMap((one) => [...one.views])),
      models: new Map(found.flatMap((one) => [...one.models])),
    }
  }
}

function namedViews(action: Values): readonly NamedView[] {
  const given = Array.isArray(action.views) ? (action.views as readonly unknown[]) : []
  const views = given.flatMap((view): readonly NamedView[] => {
    if (!Array.isArray(view) || typeof view[1] !== 'string') return []
    return [[typeof view[0] === 'number' ? view[0] : false, listName(view[1])]]
  })
  const search = action.search_view_id
  const searchId = Array.isArray(search) ? search[0] : search
  return [...views, [typeof searchId === 'number' ? searchId : false, 'search']]
}

async function checkLists(window: Window, scope: CheckScope): Promise<readonly number[]> {
  const { web, checks } = scope
  let ids: readonly number[] = []
  for (const type of RECORD_VIEWS) {
    const view = window.loaded.views.get(type)
    if (view === undefined) continue
    const request = requestOf(window, view)
    const { groupedBy } = view.arch
    if (groupedBy !== undefined) {
      await checks.run(
        subjectOf('columns', `columns of the ${type} view`, window.menu, window.model),
        () => web.readColumns(request, window.domain, groupedBy),
      )
    }
    const subject = subjectOf('list', `records of the ${type} view`, window.menu, window.model)
    const found = await checks.run(subject, () => web.searchRead(request, window.domain))
    const read = (found ?? []).flatMap(({ id }) => (typeof id === 'number' ? [id] : []))
    if (ids.length === 0) ids = read
  }
  return ids
}

async function checkCells(window: Window, { web, checks }: CheckScope): Promise<void> {
  for (const type of CELL_VIEWS) {
    const view = window.loaded.views.get(type)
    if (view === undefined) continue
    const subject = subjectOf('cells', `cells of the ${type} view`, window.menu, window.model)
    await checks.run(subject, () => web.readCells(requestOf(window, view), window.domain))
  }
}

async function checkForm(
  window: Window,
  listed: readonly number[],
  scope: CheckScope,
): Promise<void> {
  const { web, checks } = scope
  const view = window.loaded.views.get('form')
  if (view === undefined) return
  const { model, menu } = window
  const request = requestOf(window, view)
  if (view.arch.creates) {
    await checks.run(subjectOf('new', 'form of a new record', menu, model), () =>
      web.newRecord(request),
    )
  }
  const isListed = RECORD_VIEWS.some((type) => window.loaded.views.has(type))
  const id = window.recordId ?? listed[0]
  if (id === undefined) {
    // A wizard has no records before it is filled in.
    const reason = isListed ? 'there is no record' : 'it opens for a new record'
    checks.skipped(subjectOf('form', 'form of a record', menu, model), reason)
    return
  }
  const record = await checks.run(subjectOf('form', 'form of a record', menu, model), () =>
    web.readRecord(request, id),
  )
  if (record !== undefined && web.readsLinesApart()) await checkLines(window, view, record, scope)
}

async function checkLines(
  window: Window,
  view: LoadedView,
  record: Values,
  { web, checks }: CheckScope,
): Promise<void> {
  const known = window.loaded.models.get(window.model)
  for (const field of view.arch.fields) {
    const lines = field.views.get('list') ?? field.views.get('kanban')
    const model = known?.get(field.name)?.relation
    const ids = Array.isArray(record[field.name]) ? (record[field.name] as readonly unknown[]) : []
    const numbers = ids.filter((id): id is number => typeof id === 'number').slice(0, LINES_SHOWN)
    if (lines === undefined || model === undefined || numbers.length === 0) continue
    const subject = subjectOf('lines', `lines of ${field.name}`, window.menu, model)
    const request = { ...requestFor(window, lines), model }
    await checks.run(subject, () => web.readLines(request, numbers))
  }
}

function requestOf(window: Window, view: LoadedView): ViewRequest {
  return requestFor(window, view.arch.fields)
}

function requestFor({ model, context, loaded }: Window, fields: readonly ViewField[]): ViewRequest {
  return { model, fields, models: loaded.models, context }
}

function subjectOf(kind: CheckKind, what: string, menu: string, model: string): CheckSubject {
  return { kind, what: `${what} of ${model}`, menu, model }
}
