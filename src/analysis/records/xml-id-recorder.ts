import type { DataFacts } from '../../odoo/data/index.js'
import type { ModuleLoad } from '../../odoo/registry/index.js'
import { constraintRecords } from './constraint-records.js'
import type { XmlIdRecord } from './release-records.js'

/** Its rows are made before any data file is read, and must not be updated. */
const ALWAYS_NOUPDATE = 'ir.module.module'

interface FirstFacts {
  /** As it was when the record was made: later loads do not change the flag. */
  readonly noupdate: boolean
  domain?: string
}

/** Records every xml id that modules name while they are loaded. */
export class XmlIdRecorder {
  readonly #records: XmlIdRecord[] = []
  readonly #constraints = new Set<string>()
  readonly #first = new Map<string, FirstFacts>()
  readonly #deleted = new Set<string>()

  /** Records the constraints and data of one module, in the order in which Odoo meets them. */
  record(load: ModuleLoad, files: readonly DataFacts[]): void {
    const { module } = load
    const met = new Set<string>()
    for (const record of constraintRecords(load)) {
      if (this.#constraints.has(record.name)) continue
      this.#constraints.add(record.name)
      this.#records.push(record)
    }
    for (const file of files) this.#recordFile(module, file, met)
  }

  /** All records, with the flags and domains that the whole release leaves. */
  finish(): readonly XmlIdRecord[] {
    return this.#records
      .filter(({ name }) => !this.#deleted.has(name))
      .map((record) => {
        const first = this.#first.get(record.name)
        if (first === undefined) return record
        const { noupdate, domain } = first
        return { ...record, noupdate, ...(domain && { domain }) }
      })
  }

  #recordFile(module: string, { file, named, deleted }: DataFacts, met: Set<string>): void {
    for (const { model, id, noupdate, line, domain } of named) {
      const name = id.includes('.') ? id : `${module}.${id}`
      const first = this.#first.get(name) ?? {
        noupdate: noupdate || model === ALWAYS_NOUPDATE,
      }
      if (domain !== undefined) first.domain = domain
      this.#first.set(name, first)
      if (met.has(name)) continue
      met.add(name)
      this.#records.push({ module, model, name, noupdate, place: { file, line } })
    }
    for (const id of deleted) this.#deleted.add(id.includes('.') ? id : `${module}.${id}`)
  }
}
