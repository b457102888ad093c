const NEGATIONS = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
  in: 'not in',
  'not in': 'in',
  like: 'not like',
  'not like': 'like',
  ilike: 'not ilike',
  'not ilike': 'ilike',
  any: 'not any',
  'not any': 'any',
  '=like': undefined,
  '=ilike': undefined,
  '=?': undefined,
  child_of: undefined,
  parent_of: undefined,
} as const

/** An operator of a domain's leaf. */
export type Operator = keyof typeof NEGATIONS

export function isOperator(word: string): word is Operator {
  return Object.hasOwn(NEGATIONS, word)
}

/** The operator that says the opposite, where there is one. */
export function negated(operator: Operator): Operator | undefined {
  return NEGATIONS[operator]
}

/** Operators that also hold for records without a value. */
export function isNegative(operator: Operator): boolean {
  return operator === '!=' || operator.startsWith('not ')
}

export function isHierarchy(operator: Operator): operator is 'child_of' | 'parent_of' {
  return operator === 'child_of' || operator === 'parent_of'
}
