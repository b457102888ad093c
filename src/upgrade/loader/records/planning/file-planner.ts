import type { Place } from '../../../../base/index.js'
import type {
  XmlDataFile,
  XmlField,
  XmlMenuitem,
  XmlOperation,
  XmlRecord,
  XmlShorthand,
  XmlTemplate,
} from '../../../../odoo/data/index.js'
import type { SourceValue } from '../../../../odoo/models/index.js'
import type { FieldValue } from '../pending-record.js'
import { callLeft, referenceMissing, valueLeft } from '../record-findings.js'
import type { RecordsTurn } from '../records-turn.js'
import { type Deferred, fieldValue, isDeferred } from '../values/field-value.js'
import { fullXmlId, idOf, MissingXmlId, type ValueScope } from '../values/value-scope.js'
import type { GivenRecord, RecordPlanner } from './record-planner.js'
import { templateRecord } from './template-record.js'

/** What has to be done before going on: everything that is pending is written first. */
export type Barrier =
  | {
      readonly kind: 'delete'
      readonly model: string
      readonly id?: string
      readonly search?: string
      readonly place: Place
    }
  | {
      readonly kind: 'function'
      readonly call: Extract<XmlOperation, { kind: 'function' }>
      readonly place: Place
    }

/** Values that a file gives by a search or by its content, by the field's line and name. */
export type KnownValues = ReadonlyMap<XmlField, FieldValue>

const NAMED_ACTIONS = /(?:act_window|wizard|url|client|server)$/

/** Plans the operations of one XML data file. */
export class FilePlanner {
  readonly #turn: RecordsTurn
  readonly #planner: RecordPlanner
  readonly #file: XmlDataFile
  readonly #flags: readonly boolean[]
  readonly #known: KnownValues
  /** The file as `arch_fs` names it. */
  readonly #source: string
  readonly #counters = new Map<number, number>()

  constructor(
    turn: RecordsTurn,
    planner: RecordPlanner,
    file: XmlDataFile,
    noupdate: boolean,
    known: KnownValues,
  ) {
    this.#turn = turn
    this.#planner = planner
    this.#file = file
    this.#known = known
    this.#source =
      sourcePath(file.file, turn.hop.source.tree.folders) ?? `${turn.module}/${file.path}`
    const flags: boolean[] = []
    for (const scope of file.scopes) {
      flags.push(
        scope.noupdate ??
          (scope.parent === undefined ? noupdate : (flags[scope.parent] ?? noupdate)),
      )
    }
    this.#flags = flags
  }

  /** Plans one operation; a barrier is left to the caller. */
  plan(operation: XmlOperation): Barrier | undefined {
    const place = this.#place(operation.line)
    switch (operation.kind) {
      case 'record':
        this.#record(operation)
        return undefined
      case 'template':
        this.#template(operation)
        return undefined
      case 'menuitem':
        this.#menu(operation, undefined)
        return undefined
      case 'delete': {
        const { model, id, search } = operation
        return { kind: 'delete', model, place, ...(id && { id }), ...(search && { search }) }
      }
      case 'function': {
        const isSkipped = this.#noupdate(operation.scope) && this.#turn.mode !== 'init'
        return isSkipped ? undefined : { kind: 'function', call: operation, place }
      }
      default:
        this.#shorthand(operation)
        return undefined
    }
  }

  #record(record: XmlRecord, extra: ReadonlyMap<string, FieldValue> = new Map()): void {
    const given = this.#given(record.model, record.id, record)
    const decision = this.#planner.decide(given)
    if (decision.kind === 'skip' || decision.kind === 'known') return
    const values = new Map<string, FieldValue>()
    for (const field of record.fields) {
      if (field.records !== undefined) continue
      const value = this.#value(field, given, decision.model.fields.get(field.name))
      if (value === 'skip') return
      if (value !== undefined) values.set(field.name, value)
    }
    for (const [name, value] of extra) values.set(name, value)
    this.#number(record, decision.model.fields.has('sequence'), values)
    const id = this.#planner.put(decision, given, values)
    for (const field of record.fields) {
      const inverse = decision.model.fields.get(field.name)?.inverseName
      if (inverse === undefined) continue
      for (const inner of field.records ?? []) this.#record(inner, new Map([[inverse, id]]))
    }
  }

  /** `auto_sequence` of 17 and later. */
  #number(record: XmlRecord, hasSequence: boolean, values: Map<string, FieldValue>): void {
    if (this.#file.scopes[record.scope]?.autoSequence !== true) return
    if (!hasSequence || values.has('sequence')) return
    const next = (this.#counters.get(record.scope) ?? 0) + 10
    this.#counters.set(record.scope, next)
    values.set('sequence', next)
  }

  #value(
    field: XmlField,
    given: GivenRecord,
    registered: Parameters<typeof fieldValue>[1],
  ): FieldValue | undefined | 'skip' {
    const known = this.#known.get(field)
    if (known !== undefined) return known
    let value: FieldValue | Deferred
    try {
      value = fieldValue(field, registered, this.#scope())
    } catch (error) {
      if (!(error instanceof MissingXmlId)) throw error
      // forcecreate="0" allows for it: the record is left out with a warning only.
      if (given.forcecreate !== false) {
        this.#turn.scope.addFinding(referenceMissing(error.xmlId, given))
      }
      return 'skip'
    }
    if (!isDeferred(value)) return value
    const content = value.what === 'file' ? this.#content(field) : undefined
    if (content !== undefined) return content
    this.#turn.scope.addFinding(valueLeft(given.model, field.name, given))
    return undefined
  }

  #content({ file = '', type }: XmlField): FieldValue | undefined {
    const content = this.#turn.files.content(file)
    if (content === undefined) return undefined
    if (type === 'base64') return { kind: 'binary', content }
    return new TextDecoder().decode(content)
  }

  #template(template: XmlTemplate): void {
    const theme = this.#turn.module.startsWith('theme_') ? 'theme.' : ''
    const forcecreate = template.attributes.forcecreate
    const given = {
      ...this.#given(`${theme}ir.ui.view`, template.id, template),
      forcecreate:
        forcecreate === undefined ? undefined : !/^\s*(0|false|off)\s*$/i.test(forcecreate),
    }
    const decision = this.#planner.decide(given)
    if (decision.kind === 'skip' || decision.kind === 'known') return
    const isThere = decision.kind === 'write' && this.#turn.mode === 'update'
    try {
      const values = templateRecord(template, isThere, this.#scope())
      this.#planner.put(decision, given, values)
    } catch (error) {
      if (!(error instanceof MissingXmlId)) throw error
      this.#turn.scope.addFinding(referenceMissing(error.xmlId, given))
    }
  }

  #menu(menu: XmlMenuitem, parent: number | undefined): void {
    const { attributes } = menu
    const given = this.#given('ir.ui.menu', menu.id, menu)
    const values = new Map<string, FieldValue>([
      ['parent_id', parent ?? false],
      ['active', !/^\s*(0|false|off)\s*$/i.test(attributes.active ?? '')],
    ])
    const scope = this.#scope()
    let isNamedLater = false
    try {
      if (attributes.sequence) values.set('sequence', Number.parseInt(attributes.sequence, 10))
      if (parent === undefined && attributes.parent)
        values.set('parent_id', idOf(attributes.parent, scope))
      else if (parent === undefined && attributes.web_icon)
        values.set('web_icon', attributes.web_icon)
      if (attributes.name) values.set('name', attributes.name)
      if (attributes.action) isNamedLater = this.#menuAction(attributes.action, values)
      if (!values.has('name')) values.set('name', menu.id ?? '?')
      const groups = groupCommands(attributes.groups, scope)
      if (groups.length > 0) values.set('groups_id', groups)
    } catch (error) {
      if (!(error instanceof MissingXmlId)) throw error
      this.#turn.scope.addFinding(referenceMissing(error.xmlId, given))
      return
    }
    // A menu's children come whatever happens to the menu itself, as far as it exists.
    const decision = this.#planner.decide(given, { asOfMenu: true })
    if (decision.kind === 'skip') return
    const id = decision.kind === 'known' ? decision.id : this.#planner.put(decision, given, values)
    if (isNamedLater && decision.kind !== 'known') this.#turn.menusNamedByAction.add(id)
    for (const child of menu.menuitems) this.#menu(child, id)
  }

  /** True where the menu gets its action's name, and that has to be looked up. */
  #menuAction(written: string, values: Map<string, FieldValue>): boolean {
    const { xmlIds, module, queue } = this.#turn
    const target = xmlIds.find(fullXmlId(written, module))
    if (target === undefined) throw new MissingXmlId(fullXmlId(written, module))
    values.set('action', `${target.model},${target.id}`)
    if (values.has('name') || !NAMED_ACTIONS.test(target.model)) return false
    const name = queue.find(target.model, target.id)?.values.get('name')
    if (typeof name === 'string') values.set('name', name)
    return typeof name !== 'string'
  }

  #shorthand(shorthand: XmlShorthand): void {
    const place = this.#place(shorthand.line)
    this.#turn.scope.addFinding(callLeft(shorthand.kind, 'element', place))
  }

  #given(
    model: string,
    id: string | undefined,
    {
      scope,
      line,
      ...rest
    }: { readonly scope: number; readonly line: number; readonly forcecreate?: boolean },
  ): GivenRecord {
    return {
      model,
      id,
      noupdate: this.#noupdate(scope),
      forcecreate: rest.forcecreate,
      place: this.#place(line),
      source: this.#source,
    }
  }

  #noupdate(scope: number): boolean {
    return this.#flags[scope] ?? false
  }

  #place(line: number): Place {
    return { file: this.#file.file, line, object: this.#turn.module }
  }

  #scope(): ValueScope {
    const { module, hop, folder, xmlIds, seen, now } = this.#turn
    return { module, release: hop.source.release, folder, xmlIds, seen, now }
  }
}

/** A file as seen from the addons folder that holds it. */
function sourcePath(file: string, folders: readonly string[]): string | undefined {
  const folder = folders.find((one) => file.startsWith(`${one}/`))
  return folder === undefined ? undefined : file.slice(folder.length + 1)
}

/** `a.b,-c.d`: links the one group, unlinks the other. */
export function groupCommands(text: string | undefined, scope: ValueScope): readonly SourceValue[] {
  return (text ?? '')
    .split(',')
    .filter((group) => group !== '')
    .map((group) =>
      group.startsWith('-')
        ? { kind: 'tuple', items: [3, idOf(group.slice(1), scope), 0] }
        : { kind: 'tuple', items: [4, idOf(group, scope), 0] },
    )
}
