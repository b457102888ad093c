import type { LoaderScope } from './loader-scope.js'

/** A field of a model, by name. */
export interface FieldReference {
  readonly model: string
  readonly field: string
}

/** What a default came to: the value of the column as SQL would write it, or nothing. */
export interface EvaluatedDefault extends FieldReference {
  /** A PostgreSQL literal without quotes; null for no value. jsonb as its text. */
  readonly value: string | null
}

/**
 * The release's own models, in an interpreter that shares the step's transaction: what is not known without
 * running Python. Everything the database must have for it (the columns of all models so far) is there when
 * it is called; it has loaded the modules up to and including `module`. Calls come one at a time.
 */
export interface Guest {
  /** Runs `_auto_init` of models before their tables are brought up to the release, for its side effects. */
  autoInit(module: string, models: readonly string[], scope: LoaderScope): Promise<void>
  /** Runs `init()` of models: views, indexes, rows. */
  init(module: string, models: readonly string[], scope: LoaderScope): Promise<void>
  /** Evaluates defaults as `_init_column` does: with the superuser and no records. */
  defaults(
    module: string,
    fields: readonly FieldReference[],
    scope: LoaderScope,
  ): Promise<readonly EvaluatedDefault[]>
  /** Runs a model's own `_init_column` for columns. */
  initColumns(module: string, fields: readonly FieldReference[], scope: LoaderScope): Promise<void>
  /** Computes stored fields of all rows and writes them. */
  compute(module: string, fields: readonly FieldReference[], scope: LoaderScope): Promise<void>
}
