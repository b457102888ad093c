import type { LoaderScope } from './loader-scope.js'

/** A field of a model, by name. */
export interface FieldReference {
  readonly model: string
  readonly field: string
}

/** A default of records that are new. */
export interface WantedDefault extends FieldReference {
  /** Records that need it; each has a value of its own. */
  readonly count: number
}

/** What a default came to, once for each record. */
export interface EvaluatedDefault extends FieldReference {
  /** PostgreSQL literals without quotes; null for no value. jsonb as its text. */
  readonly values: readonly (string | null)[]
}

/** A function that a module's manifest names for its installation. */
export interface ModuleHook {
  readonly module: string
  readonly name: string
  /** Before anything of the module is there, or once all of it is. */
  readonly kind: 'pre' | 'post'
}

/** A `<function>` of a data file. */
export interface DataFunction {
  readonly module: string
  /** Absolute path. */
  readonly file: string
  readonly line: number
  readonly mode: 'init' | 'update'
}

/**
 * The release's own models, in an interpreter that shares the step's transaction: what is not known without
 * running Python. Everything the database must have for it (the columns of all models so far) is there when
 * it is called; it has loaded the modules up to and including `module`, but for a hook that comes before. Calls
 * come one at a time, each inside a savepoint of the caller's; they reject with `UserError`s.
 */
export interface Guest {
  /** Runs `_auto_init` of models before their tables are brought up to the release, for its side effects. */
  autoInit(module: string, models: readonly string[], scope: LoaderScope): Promise<void>
  /** Runs `init()` of models: views, indexes, rows. */
  init(module: string, models: readonly string[], scope: LoaderScope): Promise<void>
  /** Evaluates defaults for new records: as the superuser, without records. */
  defaults(
    module: string,
    wanted: readonly WantedDefault[],
    scope: LoaderScope,
  ): Promise<readonly EvaluatedDefault[]>
  /** Fills new columns by `_init_column`: their defaults, or what a model does instead. */
  initColumns(module: string, fields: readonly FieldReference[], scope: LoaderScope): Promise<void>
  /** Computes stored fields of all rows and writes them. */
  compute(module: string, fields: readonly FieldReference[], scope: LoaderScope): Promise<void>
  runHook(hook: ModuleHook, scope: LoaderScope): Promise<void>
  /** Calls what a data file says. */
  callFunction(call: DataFunction, scope: LoaderScope): Promise<void>
}
