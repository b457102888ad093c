import type { GuestValue } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import type { BoundArguments } from './bound-arguments.js'
import { parseSignature, type Signature } from './signature.js'

/** A helper as scripts call it: its Python signature, and what it does with the arguments. */
export interface HelperFunction {
  readonly signature: Signature
  readonly call: (context: HelperContext, values: BoundArguments) => Promise<GuestValue>
}

/** Helpers by the name that scripts use, such as `openupgrade_160.fill_analytic_distribution`. */
export type HelperTable = ReadonlyMap<string, HelperFunction>

/** What a helper does; undefined is Python's None. */
export type HelperCall = (
  context: HelperContext,
  values: BoundArguments,
) => Promise<GuestValue | undefined>

/**
 * Describes one helper by its Python signature.
 *
 * @example
 * helper('lift_constraints(cr, table, column, cascade=False)', async (context, given) => …)
 */
export function helper(signature: string, call: HelperCall): readonly [string, HelperFunction] {
  const parsed = parseSignature(signature)
  return [
    parsed.name,
    { signature: parsed, call: async (context, values) => (await call(context, values)) ?? null },
  ]
}
