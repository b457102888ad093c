import type { Place } from '../../../../base/index.js'
import { hasTable, type RegistryModel } from '../../../../odoo/registry/index.js'
import type { FieldValue, PendingRecord } from '../pending-record.js'
import {
  fieldUnknown,
  foreignMissing,
  modelUnknown,
  otherModel,
  valueLeft,
} from '../record-findings.js'
import type { RecordsTurn } from '../records-turn.js'
import { fullXmlId } from '../values/value-scope.js'
import { type Command, commandsOf } from './commands.js'

/** A record as a data file gives it. */
export interface GivenRecord {
  readonly model: string
  /** As written. */
  readonly id: string | undefined
  readonly noupdate: boolean
  readonly forcecreate: boolean | undefined
  readonly place: Place
  /** `module/path` of the data file. */
  readonly source: string
}

/** What becomes of a record of a data file (data specification §1.4). */
export type Decision =
  | { readonly kind: 'skip' }
  /** It is there and stays as it is. */
  | { readonly kind: 'known'; readonly id: number }
  | { readonly kind: 'write'; readonly id: number; readonly model: RegistryModel }
  | { readonly kind: 'create'; readonly model: RegistryModel }

/** A record may be among lines that are about to go: only the database knows. */
export class ClearPending extends Error {
  readonly model: string

  constructor(model: string) {
    super(model)
    this.model = model
  }
}

const FIRST_WITH_FORCED_FOREIGN = 18

/** Decides about records, and queues what is to be written. */
export class RecordPlanner {
  readonly #turn: RecordsTurn
  readonly #told = new Set<string>()

  constructor(turn: RecordsTurn) {
    this.#turn = turn
  }

  /** What is to be done; its values are worked out only where it is created or written. */
  decide(given: GivenRecord, { asOfMenu = false } = {}): Decision {
    const { mode, module, xmlIds, hop, seen, queue } = this.#turn
    const { id, noupdate, forcecreate } = given
    const model = hop.registry.models.get(given.model)
    if (model === undefined || !hasTable(model)) {
      this.#tell(`model ${given.model}`, () => modelUnknown(given))
      return { kind: 'skip' }
    }
    if (id === undefined) return mode === 'init' ? { kind: 'create', model } : { kind: 'skip' }
    const full = fullXmlId(id, module)
    const found = xmlIds.find(full)
    const target = found?.exists === true ? found : undefined
    // Menus are only guarded by what their external identifier says.
    if (noupdate && mode === 'update' && !asOfMenu) {
      if (target !== undefined) {
        seen.set(id, target.id)
        hop.xmlIds.add(full)
        return { kind: 'known', id: target.id }
      }
      if (forcecreate === false) return { kind: 'skip' }
    }
    if (target === undefined && !full.startsWith(`${module}.`)) {
      if (noupdate && forcecreate === false) return { kind: 'skip' }
      const isForced = hop.source.release.major >= FIRST_WITH_FORCED_FOREIGN && forcecreate === true
      if (!isForced) {
        this.#tell(full, () => foreignMissing(full, given))
        return { kind: 'skip' }
      }
    }
    if (target !== undefined && target.id > 0 && queue.clears(model.name)) {
      throw new ClearPending(model.name)
    }
    if (target === undefined) {
      return this.#turn.onlyExisting ? { kind: 'skip' } : { kind: 'create', model }
    }
    if (target.model !== model.name) {
      this.#tell(full, () => otherModel(full, target.model, given))
      return { kind: 'skip' }
    }
    hop.xmlIds.add(full)
    seen.set(id, target.id)
    if (mode === 'update' && target.noupdate) return { kind: 'known', id: target.id }
    queue.name({ xmlId: full, model: model.name, id: target.id, noupdate })
    return { kind: 'write', id: target.id, model }
  }

  /** Queues a record that was decided upon; returns its id. */
  put(decision: Decision, given: GivenRecord, values: ReadonlyMap<string, FieldValue>): number {
    if (decision.kind === 'create') return this.#createNamed(decision.model, given, values)
    if (decision.kind === 'write') this.write(decision.model, decision.id, given, values)
    return decision.kind === 'write' || decision.kind === 'known' ? decision.id : 0
  }

  /** Queues a new record without an external identifier; returns its id. */
  create(
    model: RegistryModel,
    given: GivenRecord,
    values: ReadonlyMap<string, FieldValue>,
    xmlId?: string,
  ): number {
    const { ids, queue, hop } = this.#turn
    const id = ids.reserve(model.table)
    const own = new Map<string, FieldValue>()
    const parents = new Map<string, Map<string, FieldValue>>()
    for (const link of model.inherits.values()) parents.set(link, new Map())
    const lists: (readonly [string, FieldValue])[] = []
    for (const [name, value] of values) {
      const field = model.fields.get(name)
      const link = field?.inherited === true ? field.related?.[0] : undefined
      if (field === undefined) this.#unknown(model, name, given)
      else if (link !== undefined && !values.has(link)) parents.get(link)?.set(name, value)
      else if (field.type === 'one2many' || field.type === 'many2many') lists.push([name, value])
      else own.set(name, value)
    }
    for (const [parent, link] of model.inherits) {
      const parentModel = hop.registry.models.get(parent)
      if (parentModel === undefined || values.has(link)) continue
      const parentXmlId =
        xmlId === undefined ? undefined : `${xmlId}_${parent.replaceAll('.', '_')}`
      const parentValues = parents.get(link) ?? new Map<string, FieldValue>()
      if (model.name === 'ir.cron') parentValues.set('usage', 'ir_cron')
      const parentId = this.create(parentModel, given, parentValues, parentXmlId)
      if (parentXmlId !== undefined) {
        queue.name({ xmlId: parentXmlId, model: parent, id: parentId, noupdate: given.noupdate })
        hop.xmlIds.add(parentXmlId)
      }
      own.set(link, parentId)
    }
    const { place, source } = given
    queue.add({ model, id, isNew: true, values: own, place, source, xmlId })
    for (const [name, value] of lists) this.#putList(model, id, name, value, given, true)
    return id
  }

  /** Queues values for a record that is there. */
  write(
    model: RegistryModel,
    id: number,
    given: GivenRecord,
    values: ReadonlyMap<string, FieldValue>,
  ): void {
    const { queue, hop, delegates } = this.#turn
    const own = new Map<string, FieldValue>()
    const parents = new Map<string, Map<string, FieldValue>>()
    const lists: (readonly [string, FieldValue])[] = []
    for (const [name, value] of values) {
      const field = model.fields.get(name)
      const link = field?.inherited === true ? field.related?.[0] : undefined
      if (field === undefined) this.#unknown(model, name, given)
      else if (link !== undefined) {
        const known = parents.get(link) ?? new Map<string, FieldValue>()
        parents.set(link, known.set(name, value))
      } else if (field.type === 'one2many' || field.type === 'many2many') lists.push([name, value])
      else own.set(name, value)
    }
    const { place, source } = given
    const xmlId = given.id === undefined ? undefined : fullXmlId(given.id, this.#turn.module)
    queue.add({ model, id, isNew: false, values: own, place, source, xmlId })
    for (const [link, parentValues] of parents) {
      const parentId =
        delegates.get(`${model.name} ${id}`)?.get(link) ?? this.#pendingLink(model, id, link)
      const parent = hop.registry.models.get(model.fields.get(link)?.comodel ?? '')
      if (parentId === undefined || parent === undefined) continue
      this.write(parent, parentId, { ...given, id: undefined }, parentValues)
    }
    for (const [name, value] of lists) this.#putList(model, id, name, value, given, false)
  }

  #pendingLink(model: RegistryModel, id: number, link: string): number | undefined {
    const value = this.#turn.queue.find(model.name, id)?.values.get(link)
    return typeof value === 'number' ? value : undefined
  }

  #createNamed(
    model: RegistryModel,
    given: GivenRecord,
    values: ReadonlyMap<string, FieldValue>,
  ): number {
    const { module, hop, queue, xmlIds, seen } = this.#turn
    if (given.id === undefined) return this.create(model, given, values)
    const full = fullXmlId(given.id, module)
    const id = this.create(model, given, values, full)
    // A module's identifier is made with the module, and guarded (ir_module.py `create`).
    const noupdate = given.noupdate || model.name === 'ir.module.module'
    queue.name({ xmlId: full, model: model.name, id, noupdate })
    hop.xmlIds.add(full)
    seen.set(given.id, id)
    xmlIds.set(full, { model: model.name, id, noupdate, exists: true })
    return id
  }

  #putList(
    model: RegistryModel,
    id: number,
    name: string,
    value: FieldValue,
    given: GivenRecord,
    isNew: boolean,
  ): void {
    const field = model.fields.get(name)
    const comodel = this.#turn.hop.registry.models.get(field?.comodel ?? '')
    const commands = commandsOf(value)
    if (field === undefined || comodel === undefined || commands === undefined) {
      this.#tell(`${model.name}.${name}`, () => valueLeft(model.name, name, given))
      return
    }
    if (field.type === 'many2many') {
      if (field.relation === undefined || !field.store) {
        if (commands.some((one) => one.kind !== 'set' || one.ids.length > 0)) {
          this.#tell(`${model.name}.${name}`, () => valueLeft(model.name, name, given))
        }
        return
      }
      const { table, column1, column2 } = field.relation
      this.#link({ table, column1, column2 }, id, commands, comodel, given)
      return
    }
    this.#putLines(field.inverseName ?? '', id, commands, comodel, given, isNew)
  }

  #link(
    relation: { readonly table: string; readonly column1: string; readonly column2: string },
    id: number,
    commands: readonly Command[],
    comodel: RegistryModel,
    given: GivenRecord,
  ): void {
    const add = new Set<number>()
    const remove = new Set<number>()
    let isReset = false
    for (const command of commands) {
      if (command.kind === 'set') {
        isReset = true
        remove.clear()
        add.clear()
        for (const one of command.ids) add.add(one)
      } else if (command.kind === 'create') {
        add.add(this.create(comodel, given, command.values))
      } else if (command.kind === 'link') {
        add.add(command.id)
        remove.delete(command.id)
      } else if (command.kind === 'update') {
        this.write(comodel, command.id, { ...given, id: undefined }, command.values)
      } else {
        remove.add(command.id)
        add.delete(command.id)
      }
    }
    this.#turn.queue.link({ ...relation, id, isReset, add: [...add], remove: [...remove] })
  }

  #putLines(
    inverse: string,
    id: number,
    commands: readonly Command[],
    comodel: RegistryModel,
    given: GivenRecord,
    isNew: boolean,
  ): void {
    const { queue } = this.#turn
    const line = { ...given, id: undefined }
    for (const command of commands) {
      switch (command.kind) {
        case 'create':
          this.create(comodel, line, new Map([...command.values, [inverse, id]]))
          break
        case 'update':
          this.write(comodel, command.id, line, command.values)
          break
        case 'link':
          this.write(comodel, command.id, line, new Map([[inverse, id]]))
          break
        case 'set':
          if (!isNew) queue.clear({ model: comodel, inverse, parents: [id], keep: command.ids })
          for (const one of command.ids) this.write(comodel, one, line, new Map([[inverse, id]]))
          break
        default:
          this.#tell(`${comodel.name} ${command.kind}`, () =>
            valueLeft(comodel.name, inverse, given),
          )
      }
    }
  }

  #unknown(model: RegistryModel, name: string, given: GivenRecord): void {
    if (name === 'id' || name === '.id') return
    this.#tell(`${model.name}.${name}`, () => fieldUnknown(model.name, name, given))
  }

  #tell(key: string, finding: () => Parameters<RecordsTurn['scope']['addFinding']>[0]): void {
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.#turn.scope.addFinding(finding())
  }
}

/** A pending record's value as a text; undefined for all else. */
export function textValue(record: PendingRecord, name: string): string | undefined {
  const value = record.values.get(name)
  return typeof value === 'string' ? value : undefined
}
