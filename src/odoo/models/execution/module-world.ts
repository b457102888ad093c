import type { PythonCall } from '../../../text/index.js'
import { fieldTypesOf } from '../folding/field-call.js'
import { Folder, type FoldingWorld } from '../folding/folder.js'
import type { ClassValue, RuntimeValue } from '../folding/runtime-value.js'
import type { FileNames, Scope } from '../folding/scope.js'
import { dottedOf, splitAddon } from '../reading/import-path.js'
import { fieldOfCall } from './field-of-call.js'

/** Runs a file once and gives its names; undefined where there is no such file. */
export type ImportFile = (dotted: string) => FileNames | undefined

const ADDONS = 'odoo.addons'
const FIELD_TYPES = 'odoo.fields.Field.by_type'

/** What names, modules and classes mean while modules are executed. */
export class ModuleWorld implements FoldingWorld {
  readonly folder: Folder
  readonly #import: ImportFile
  readonly #major: number
  /** What modules hang into the framework: `fields.Serialized = Serialized`. */
  readonly #attached = new Map<string, RuntimeValue>()

  constructor(importFile: ImportFile, major: number) {
    this.folder = new Folder(this)
    this.#import = importFile
    this.#major = major
  }

  /** The value of a name of outside, or a module of the addons. */
  external(path: string): RuntimeValue {
    const attached = this.#attached.get(path)
    if (attached !== undefined) return attached
    if (path === FIELD_TYPES) {
      return { kind: 'dict', entries: fieldTypesOf(this.#major).map((type) => [type, null]) }
    }
    if (splitAddon(path) === undefined) return { kind: 'external', path }
    return this.member(path) ?? { kind: 'unknown', reason: 'name' }
  }

  attach(path: string, value: RuntimeValue): void {
    this.#attached.set(path, value)
  }

  attribute(of: RuntimeValue, name: string): RuntimeValue | undefined {
    if (typeof of !== 'object' || of === null || !('kind' in of)) return undefined
    if (of.kind === 'external') return this.external(`${of.path}.${name}`)
    if (of.kind === 'module') return this.member(`${of.dotted}.${name}`)
    return of.kind === 'class' ? attributeOfClass(of, name) : undefined
  }

  field(callee: RuntimeValue, call: PythonCall, scope: Scope): RuntimeValue | undefined {
    return fieldOfCall(callee, call, scope, this.folder)
  }

  /** `odoo.addons.x.y.name`: a module, or what a module calls by the name. */
  member(dotted: string): RuntimeValue | undefined {
    const place = splitAddon(dotted)
    if (place === undefined) return undefined
    const { addon, path } = place
    const name = path.at(-1)
    if (name !== undefined) {
      const known = this.#import(dottedOf(addon, path.slice(0, -1)))?.names.get(name)
      if (known !== undefined) return known
    }
    return this.#import(dotted) === undefined ? undefined : { kind: 'module', dotted }
  }

  /** Whether the path is `odoo.addons` itself, of which modules are members. */
  isAddons(path: string): boolean {
    return path === ADDONS
  }
}

function attributeOfClass(of: ClassValue, name: string): RuntimeValue | undefined {
  for (const member of of.linear) {
    const value = member.kind === 'class' ? member.names.get(name) : undefined
    if (value !== undefined) return value
  }
  return undefined
}
