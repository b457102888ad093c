import {
  type GuestAnswer,
  GuestError,
  type GuestOperations,
  type GuestValue,
} from '../values/index.js'
import { BoundArguments } from './calling/bound-arguments.js'
import { bindArguments } from './calling/signature.js'
import type { HelperContext } from './helper-context.js'
import { HELPERS } from './helper-table.js'

/** The operations `helper` and `helper.names` (docs/helper-operations.md). */
export function helperOperations(context: HelperContext): GuestOperations {
  return {
    async helper([name, args, named], keywords) {
      if (typeof name !== 'string') throw new GuestError('type', 'helper: the name must be str')
      const value = await callHelper(context, name, positional(args), keywordsOf(named, keywords))
      return answer(value)
    },
    'helper.names': async () => answer([...HELPERS.keys()]),
  }
}

/** Calls a helper by the name that Python scripts use, with Python's values. */
export async function callHelper(
  context: HelperContext,
  name: string,
  args: readonly GuestValue[],
  keywords: ReadonlyMap<string, GuestValue> = new Map(),
): Promise<GuestValue> {
  const found = HELPERS.get(name)
  if (found === undefined) throw unknownHelper(name)
  const bound = bindArguments(found.signature, args, keywords)
  return await found.call(context, new BoundArguments(name, bound))
}

function unknownHelper(name: string): GuestError {
  const dot = name.indexOf('.')
  const [library, called] =
    dot < 0
      ? ['openupgradelib.openupgrade', name]
      : [packageOf(name.slice(0, dot)), name.slice(dot + 1)]
  return new GuestError('helper', `${library} has no function '${called}'`)
}

function packageOf(prefix: string): string {
  return prefix === 'util' ? 'odoo.upgrade.util' : `openupgradelib.${prefix}`
}

function positional(args: GuestValue | undefined): readonly GuestValue[] {
  if (args === undefined || args === null) return []
  if (Array.isArray(args)) return args
  if (typeof args === 'object' && 'items' in args) return args.items
  throw new GuestError('type', 'helper: the arguments must be a list')
}

function keywordsOf(
  named: GuestValue | undefined,
  keywords: ReadonlyMap<string, GuestValue>,
): ReadonlyMap<string, GuestValue> {
  if (!(named instanceof Map)) return keywords
  return new Map([...named, ...keywords].map(([key, value]) => [String(key), value]))
}

function answer(value: GuestValue): GuestAnswer {
  return { kind: 'value', value }
}
