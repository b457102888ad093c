import type { RuntimeValue } from './runtime-value.js'

/** The names of one file, as running it leaves them. */
export interface FileNames {
  /** Absolute. */
  readonly file: string
  /** The addon that the file belongs to. */
  readonly module: string
  /** `odoo.addons.sale.models.sale_order` */
  readonly dotted: string
  readonly isPackage: boolean
  readonly names: Map<string, RuntimeValue>
}

/** Where a name is looked up: innermost first, the file's names at last. */
export interface Scope {
  readonly file: FileNames
  readonly locals: readonly ReadonlyMap<string, RuntimeValue>[]
}

export function lookUp(name: string, { file, locals }: Scope): RuntimeValue | undefined {
  for (const names of locals) {
    const value = names.get(name)
    if (value !== undefined) return value
  }
  return file.names.get(name)
}

/** The scope with more names in front. */
export function within(scope: Scope, names: ReadonlyMap<string, RuntimeValue>): Scope {
  return { file: scope.file, locals: [names, ...scope.locals] }
}
