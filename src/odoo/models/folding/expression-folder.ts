import type { PythonBodyReader, PythonExpression } from '../../../text/index.js'
import { foldDates } from '../dates/fold-dates.js'
import type { SourceValue } from '../source-value.js'
import { Folder, type FoldingWorld } from './folder.js'
import { isKnown, isList, kindOf, type RuntimeValue } from './runtime-value.js'
import type { Scope } from './scope.js'

/** What an expression of a data file may speak of. */
export interface ExpressionNames {
  /** Names with a value of their own. */
  readonly values: ReadonlyMap<string, SourceValue>
  /** Names of functions, modules and classes; a call of theirs or of an attribute is asked for by its path. */
  readonly functions: ReadonlySet<string>
  /** Milliseconds since 1970: what `DateTime.now()` gives; without it expressions of the present are not known. */
  readonly now?: number | undefined
  /** `Command.link`, `ref` …; undefined for what only Python knows. */
  call(
    path: string,
    args: readonly SourceValue[],
    keywords: ReadonlyMap<string, SourceValue>,
  ): SourceValue | undefined
}

/** Works out single expressions without running Python. */
export class ExpressionFolder {
  readonly #reader: PythonBodyReader
  readonly #parsed = new Map<string, PythonExpression | undefined>()

  constructor(reader: PythonBodyReader) {
    this.#reader = reader
  }

  /** The value of an expression; undefined where only Python knows it, or where it is no expression. */
  fold(text: string, names: ExpressionNames): SourceValue | undefined {
    const expression = this.#parse(text)
    if (expression === undefined) return undefined
    const folder: Folder = new Folder(worldOf(names, () => folder))
    const dated = names.now === undefined ? expression : foldDates(expression, names.now)
    const value = folder.fold(dated, scopeOf(names))
    return isKnown(value) ? (value as SourceValue) : undefined
  }

  #parse(text: string): PythonExpression | undefined {
    if (this.#parsed.has(text)) return this.#parsed.get(text)
    const code = this.#reader.read(`def value():\n    return (\n${text.trim()}\n)\n`)?.body
    const [first] = code ?? []
    const expression = code?.length === 1 && first?.kind === 'return' ? first.value : undefined
    this.#parsed.set(text, expression)
    return expression
  }
}

function worldOf(names: ExpressionNames, folder: () => Folder): FoldingWorld {
  return {
    attribute(of, name) {
      return isExternal(of) ? { kind: 'external', path: `${of.path}.${name}` } : undefined
    },
    field(callee, call, scope) {
      if (!isExternal(callee) || !names.functions.has(callee.path.split('.')[0] ?? '')) {
        return undefined
      }
      const args = call.args.map((one) => folder().fold(one, scope))
      const keywords = new Map<string, SourceValue>()
      for (const [name, { expression }] of call.keywords) {
        const value = folder().fold(expression, scope)
        if (name === null || !isKnown(value)) return undefined
        keywords.set(name, value as SourceValue)
      }
      if (!args.every(isKnown)) return undefined
      return names.call(callee.path, args as readonly SourceValue[], keywords)
    },
  }
}

function isExternal(value: RuntimeValue): value is { kind: 'external'; path: string } {
  return !isList(value) && kindOf(value) === 'external'
}

function scopeOf({ values, functions }: ExpressionNames): Scope {
  const known = new Map<string, RuntimeValue>(values)
  for (const name of functions) known.set(name, { kind: 'external', path: name })
  return {
    file: { file: '', module: '', dotted: '', isPackage: false, names: new Map() },
    locals: [known],
  }
}
