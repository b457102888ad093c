import { PythonFloat, PythonTuple, type PythonValue, parsePythonLiteral } from '../text/index.js'

/** What expressions of actions may name. */
export interface ExpressionNames {
  readonly userId: number
  readonly companyIds: readonly number[]
  /** `2026-11-20` */
  readonly today: string
}

/** Texts, and the names beside them. */
const PARTS =
  /('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|context_today\(\)(?:\.strftime\((?:'[^']*'|"[^"]*")\))?|\b(uid|active_ids?|active_model|allowed_company_ids|current_date)\b/g

/**
 * The value of an action's domain or context, which the web client evaluates; JSON. Undefined where it
 * needs more of Python than values, the user, the companies and today.
 */
export function evaluateAction(expression: unknown, names: ExpressionNames): unknown {
  if (typeof expression !== 'string') return expression === false ? undefined : expression
  if (expression.trim() === '') return undefined
  const filled = expression.replace(PARTS, (part, text?: string, name?: string) => {
    if (text !== undefined) return text
    switch (name) {
      case 'uid':
        return String(names.userId)
      case 'active_id':
      case 'active_model':
        return 'False'
      case 'active_ids':
        return '[]'
      case 'allowed_company_ids':
        return `[${names.companyIds.join(', ')}]`
      default:
        return part === '' ? part : `'${names.today}'`
    }
  })
  try {
    return jsonOf(parsePythonLiteral(filled.trim()))
  } catch {
    return undefined
  }
}

function jsonOf(value: PythonValue): unknown {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof PythonFloat) return value.value
  if (value instanceof PythonTuple) return value.items.map(jsonOf)
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), jsonOf(item)]))
  }
  if (value instanceof Set) return [...value].map(jsonOf)
  if (Array.isArray(value)) return value.map(jsonOf)
  throw new TypeError('Bytes are no JSON')
}
