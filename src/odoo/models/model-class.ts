import type { SourcePlace, SourceValue } from './source-value.js'

/** One call `fields.X(…)` in a class body, or attached to the class behind it. */
export interface FieldDefinition {
  readonly name: string
  /** Name of the class in `odoo.fields`: `Char`, `Many2one`, `Image`, `Monetary`, … */
  readonly fieldClass: string
  /** Of a class that is not the framework's: what it says of itself. */
  readonly customClass?: CustomFieldClass
  /** Given arguments by name; positional ones have the name that the class gives them. */
  readonly args: Readonly<Record<string, SourceValue>>
  /** The module whose file holds it. */
  readonly module: string
  readonly place: SourcePlace
}

/** A field's class that a module defines. */
export interface CustomFieldClass {
  /** The framework's class that it derives from: `Field`, `Char`, … */
  readonly base: string
  /** Its `type`, where it has one of its own. */
  readonly type: string | undefined
  /** Its column type, such as `text`; null for none, undefined where it has the base's. */
  readonly columnType: string | null | undefined
}

/** A function in the body of a class, or at the top of a file. */
export interface MethodDefinition {
  readonly name: string
  readonly line: number
  /** Last line of its body. */
  readonly endLine: number
  readonly decorators: readonly Decorator[]
  /** Whether it is a property, as `_table_query` mostly is. */
  readonly isProperty: boolean
  /** Whether its body calls `super()`. */
  readonly callsSuper: boolean
}

/** A decorator, such as `@api.depends('a', 'b.c')`: `api.depends` with its arguments. */
export interface Decorator {
  readonly name: string
  readonly args: readonly SourceValue[]
  readonly keywords: Readonly<Record<string, SourceValue>>
}

/** What stands in the body of one Python class. */
export interface ClassBody {
  /** The module whose file holds it. */
  readonly module: string
  /** `Outer.Inner` for a class within another. */
  readonly className: string
  readonly place: SourcePlace
  readonly docstring: string | undefined
  /** Assignments of the body that are no fields: `_order`, `_sql_constraints`, constants. */
  readonly attributes: Readonly<Record<string, SourceValue>>
  /** Fields in the order of their definition; of a name that is assigned twice, the last one. */
  readonly fields: readonly FieldDefinition[]
  readonly methods: readonly MethodDefinition[]
}

/** What a model is: with a table, without one, or with rows that vanish. */
export type ModelKind = 'model' | 'abstract' | 'transient'

/**
 * A class that Odoo registers: it creates a model or extends one. Its own body comes first; bodies of
 * the Python classes that it derives from (plain mixins, classes with `_register = False`, other model
 * classes) follow in Python's resolution order, without the framework's.
 */
export interface ModelClass extends ClassBody {
  /** `_name`, or what stands for it. */
  readonly name: string
  /** `_inherit` as a list, normalised. */
  readonly inherit: readonly string[]
  readonly kind: ModelKind
  /** Whether it makes a new model: `_name` is not in `_inherit`. */
  readonly creates: boolean
  readonly pythonBases: readonly ClassBody[]
}

/** The Python part of a module: what importing its package defines. */
export interface ModuleModels {
  readonly module: string
  /** Absolute. */
  readonly folder: string
  /** Files reached by imports, in the order in which Python runs them; absolute. */
  readonly files: readonly string[]
  /** Bytes of these files. */
  readonly bytes: number
  /** In the order in which they are registered. */
  readonly classes: readonly ModelClass[]
  /** Functions that the package offers at its top, by name: install hooks are looked up here. */
  readonly functions: Readonly<Record<string, FunctionDefinition>>
  /** False when a file could not be read or parsed: something may be missing. */
  readonly complete: boolean
}

/** A function at the top of a file of the module. */
export interface FunctionDefinition {
  readonly place: SourcePlace
  readonly endLine: number
  readonly parameters: readonly string[]
}
