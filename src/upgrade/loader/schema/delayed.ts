import { raw } from '../../../db/index.js'
import type { FactValue, LoaderFact } from '../loader-scope.js'
import type { DroppedView } from './depending-views.js'
import type { PlannedConstraint, PlannedForeignKey } from './schema-plan.js'

/** What has to wait for the end of the hop. It outlives a process as facts of the steps. */
export interface Delayed {
  readonly constraints: PlannedConstraint[]
  readonly foreignKeys: PlannedForeignKey[]
  readonly views: DroppedView[]
}

const PART = 'schema'

/** Nothing so far. */
export function nothingDelayed(): Delayed {
  return { constraints: [], foreignKeys: [], views: [] }
}

/** What was delayed at a step, as a fact; undefined for nothing. */
export function delayedFact({ constraints, foreignKeys, views }: Delayed): LoaderFact | undefined {
  if (constraints.length + foreignKeys.length + views.length === 0) return undefined
  return {
    part: PART,
    value: {
      constraints: constraints.map(({ statement, ...rest }) => ({ ...rest, text: statement.text })),
      foreignKeys: foreignKeys.map(({ statement, module, ...rest }) => ({
        ...rest,
        module: module ?? null,
        text: statement.text,
      })),
      views: views.map((view) => ({ ...view })),
    },
  }
}

/** Adds what a fact tells; facts of other shapes are another's. */
export function recallDelayed(value: FactValue, delayed: Delayed): void {
  if (typeof value !== 'object' || value === null || !('constraints' in value)) return
  const { constraints, foreignKeys, views } = value as unknown as StoredDelayed
  delayed.constraints.push(
    ...constraints.map(({ text, ...rest }) => ({ ...rest, statement: raw(text) })),
  )
  delayed.foreignKeys.push(
    ...foreignKeys.map(({ text, module, ...rest }) => ({
      ...rest,
      module: module ?? undefined,
      statement: raw(text),
    })),
  )
  delayed.views.push(...views)
}

type Stored<T> = Omit<T, 'statement' | 'module'> & { readonly text: string }

interface StoredDelayed {
  readonly constraints: readonly Stored<PlannedConstraint>[]
  readonly foreignKeys: readonly (Stored<PlannedForeignKey> & { readonly module: string | null })[]
  readonly views: readonly DroppedView[]
}
