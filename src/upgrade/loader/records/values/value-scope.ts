import type {
  ExpressionFolder,
  ExpressionNames,
  SourceValue,
} from '../../../../odoo/models/index.js'
import type { Release } from '../../../../odoo/release/index.js'
import type { XmlIdStore, XmlIdTarget } from '../xml-id-store.js'

/** What values of one module's data files are worked out with. */
export interface ValueScope {
  readonly module: string
  readonly release: Release
  readonly folder: ExpressionFolder
  readonly xmlIds: XmlIdStore
  /** Ids by xml id as the files write them: `idref`. */
  readonly seen: Map<string, number>
  /** The clock of the run, in milliseconds since 1970. */
  readonly now?: number | undefined
}

/** An xml id that a file refers to leads nowhere. */
export class MissingXmlId extends Error {
  readonly xmlId: string

  constructor(xmlId: string) {
    super(xmlId)
    this.xmlId = xmlId
  }
}

const FUNCTIONS: ReadonlySet<string> = new Set(['ref', 'Command', 'str', 'int', 'float', 'bool'])

/** `module.name`, or undefined for nothing. */
export function fullXmlId(xmlId: string, module: string): string {
  return xmlId.includes('.') ? xmlId : `${module}.${xmlId}`
}

/** The record that an xml id stands for. Errors: {@link MissingXmlId}. */
export function targetOf(xmlId: string, { module, xmlIds }: ValueScope): XmlIdTarget {
  const target = xmlIds.find(fullXmlId(xmlId, module))
  if (target === undefined) throw new MissingXmlId(fullXmlId(xmlId, module))
  return target
}

/** The id of a record, first by what the module's files have named so far. */
export function idOf(xmlId: string, scope: ValueScope): number {
  return scope.seen.get(xmlId) ?? targetOf(xmlId, scope).id
}

/** Names that expressions of data files may use (odoo/tools/convert.py, `_get_idref`). */
export function namesOf(scope: ValueScope): ExpressionNames {
  const values = new Map<string, SourceValue>(scope.seen)
  values.set('version', scope.release.series)
  return {
    values,
    functions: FUNCTIONS,
    now: scope.now,
    call: (path, args, keywords) => called(path, args, keywords, scope),
  }
}

function called(
  path: string,
  args: readonly SourceValue[],
  keywords: ReadonlyMap<string, SourceValue>,
  scope: ValueScope,
): SourceValue | undefined {
  const [first = null, second = null] = args
  switch (path) {
    case 'ref':
      return typeof first === 'string' ? idOf(first, scope) : undefined
    case 'str':
      return typeof first === 'number' || typeof first === 'string' ? String(first) : undefined
    case 'int':
      return typeof first === 'number' ? Math.trunc(first) : undefined
    case 'bool':
      return typeof first === 'number' || typeof first === 'boolean' ? Boolean(first) : undefined
    case 'Command.create':
      return command(0, 0, first ?? keywords.get('values') ?? null)
    case 'Command.update':
      return command(1, first, second)
    case 'Command.delete':
      return command(2, first, 0)
    case 'Command.unlink':
      return command(3, first, 0)
    case 'Command.link':
      return command(4, first, 0)
    case 'Command.clear':
      return command(5, 0, 0)
    case 'Command.set':
      return command(6, 0, first ?? keywords.get('ids') ?? null)
    default:
      return undefined
  }
}

function command(code: number, id: SourceValue, value: SourceValue): SourceValue {
  return { kind: 'tuple', items: [code, id, value] }
}
