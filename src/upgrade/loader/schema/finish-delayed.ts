import { firstRow, sql } from '../../../db/index.js'
import type { LoaderScope } from '../loader-scope.js'
import { attemptAll } from './attempt.js'
import type { Delayed } from './delayed.js'
import { restoreView } from './depending-views.js'
import { constraintRefused, foreignKeyRefused, viewLost } from './schema-findings.js'

/** Tries again what had to wait; what still fails becomes findings. */
export async function finishDelayed(delayed: Delayed, scope: LoaderScope): Promise<void> {
  const { session, addFinding } = scope
  const constraints = new Map(
    delayed.constraints.map((one) => [`${one.table}\n${one.kind}\n${one.name}`, one]),
  )
  for (const refused of await attemptAll(session, [...constraints.values()])) {
    addFinding(await constraintRefused(refused, session))
  }
  const keys = new Map(delayed.foreignKeys.map((one) => [`${one.table}\n${one.column}`, one]))
  for (const refused of await attemptAll(session, [...keys.values()])) {
    addFinding(await foreignKeyRefused(refused, session))
  }
  await restoreViews(delayed, scope)
}

/** Views that no model makes come back as they were. */
async function restoreViews(
  { views }: Delayed,
  { session, addFinding }: LoaderScope,
): Promise<void> {
  if (views.length === 0) return
  const there = await firstRow<{ names: readonly string[] | null }>(
    session,
    sql`SELECT array_agg(c.relname::text) AS names FROM pg_catalog.pg_class c
         WHERE c.relnamespace = 'public'::pg_catalog.regnamespace
           AND c.relname = ANY(${views.map(({ name }) => name)}::text[])`,
  )
  const missing = views.filter(({ name }) => there?.names?.includes(name) !== true)
  const attempts = missing.map((view) => ({ view, statement: restoreView(view) }))
  for (const { attempt, error } of await attemptAll(session, attempts)) {
    addFinding(viewLost(attempt.view, error))
  }
}
