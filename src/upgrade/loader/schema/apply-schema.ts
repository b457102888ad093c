import { join, type Session } from '../../../db/index.js'
import { type Attempt, attemptAll, type Refused } from './attempt.js'
import { type DroppedView, dropDependingViews } from './depending-views.js'
import type {
  PlannedConstraint,
  PlannedForeignKey,
  PlannedIndex,
  SchemaPlan,
} from './schema-plan.js'

/** What the database refused. */
export interface Refusals {
  readonly constraints: readonly Refused<PlannedConstraint>[]
  readonly indexes: readonly Refused<PlannedIndex>[]
  readonly foreignKeys: readonly Refused<PlannedForeignKey>[]
}

/** Brings tables and columns up to a plan and fills what is new; returns the views that were in the way. */
export async function applyStructure(
  session: Session,
  { converted, structure, fills }: SchemaPlan,
): Promise<readonly DroppedView[]> {
  const views = await dropDependingViews(session, converted)
  const statements = [...structure, ...fills]
  if (statements.length > 0) await session.execute(join(statements, ';\n'))
  return views
}

/** Adds what data may stand against. */
export async function applyConstraints(session: Session, plan: SchemaPlan): Promise<Refusals> {
  const { notNulls, indexes, foreignKeys } = plan
  const constraints = [...plan.constraints, ...notNulls]
  const refused = await attemptAll<Attempt>(session, [...constraints, ...indexes, ...foreignKeys])
  const among = <T extends Attempt>(planned: readonly T[]): readonly Refused<T>[] =>
    refused.flatMap(({ attempt, error }) => {
      const own = planned.find((one) => one === attempt)
      return own === undefined ? [] : [{ attempt: own, error }]
    })
  return {
    constraints: among(constraints),
    indexes: among(indexes),
    foreignKeys: among(foreignKeys),
  }
}
