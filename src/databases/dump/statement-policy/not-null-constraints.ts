import { quoteIdentifier, type SqlToken } from '../../../text/index.js'
import { isName, isSymbol, isWord, type StatementCursor } from './statement-cursor.js'
import type { TextEdit } from './text-edits.js'

/** What begins an element that is no column; all are reserved words. */
const CONSTRAINTS: ReadonlySet<string> = new Set([
  ...['constraint', 'not', 'check', 'unique', 'primary', 'foreign', 'exclude', 'like'],
])

/** `[CONSTRAINT name] NOT NULL column [NO INHERIT] [NOT VALID]`, as PostgreSQL 18 has it. */
export interface NotNullConstraint {
  readonly name: string | undefined
  readonly column: string
  readonly noInherit: boolean
  readonly notValid: boolean
}

/** Reads such a constraint from all of `tokens`; undefined when they are something else. */
export function notNullConstraint(tokens: readonly SqlToken[]): NotNullConstraint | undefined {
  const named = isWord(tokens[0], 'constraint') && isName(tokens[1])
  const at = named ? 2 : 0
  const column = tokens[at + 2]
  if (!isWord(tokens[at], 'not') || !isWord(tokens[at + 1], 'null')) return undefined
  if (column === undefined || !isName(column)) return undefined
  const options = tokens
    .slice(at + 3)
    .map(({ value }) => value)
    .join(' ')
  if (!/^(?:no inherit)? ?(?:not valid)?$/.test(options)) return undefined
  return {
    name: named ? tokens[1]?.value : undefined,
    column: column.value,
    noInherit: options.startsWith('no inherit'),
    notValid: options.endsWith('not valid'),
  }
}

/** The same as a CHECK constraint, which every release knows. */
export function asCheck({ name, column, noInherit, notValid }: NotNullConstraint): string {
  const constraint = name === undefined ? '' : `CONSTRAINT ${quoteIdentifier(name)} `
  const options = `${noInherit ? ' NO INHERIT' : ''}${notValid ? ' NOT VALID' : ''}`
  return `${constraint}CHECK (${quoteIdentifier(column)} IS NOT NULL)${options}`
}

/**
 * Edits that turn the NOT NULL constraints of a CREATE TABLE, whose list comes next, into what releases
 * before 18 know: a property of the column, or a check where the column is inherited and not in the list.
 */
export function tableNotNulls(cursor: StatementCursor): TextEdit[] {
  const { at, text } = cursor
  while (!cursor.done && !isSymbol(cursor.next, '(')) cursor.at += 1
  const list = cursor.parenthesized() ?? []
  cursor.at = at
  const elements = elementsOf(list)
  const constraints = elements.map(notNullConstraint)
  const columns = new Set(elements.filter(isColumn).map(([first]) => first?.value))
  const required = new Set(constraints.map((constraint) => constraint?.column))
  const kept = elements.flatMap((element, index) => {
    const constraint = constraints[index]
    if (constraint !== undefined) return columns.has(constraint.column) ? [] : [asCheck(constraint)]
    const written = elementText(text, element)
    const adds = isColumn(element) && required.has(element[0]?.value) && !hasNotNull(element)
    return [adds ? `${written} NOT NULL` : written]
  })
  const replacement = kept.join(',\n    ')
  const [start, end] = [list[0]?.start ?? 0, list.at(-1)?.end ?? 0]
  const changed =
    constraints.some(Boolean) || elements.some((each) => noInherit(each) !== undefined)
  return changed ? [{ start, end, replacement }] : []
}

/** The elements of a list, without their commas. */
function elementsOf(list: readonly SqlToken[]): SqlToken[][] {
  const elements: SqlToken[][] = [[]]
  let depth = 0
  for (const token of list) {
    if (isSymbol(token, '(')) depth += 1
    if (isSymbol(token, ')')) depth -= 1
    if (depth === 0 && isSymbol(token, ',')) elements.push([])
    else elements.at(-1)?.push(token)
  }
  return elements.filter(({ length }) => length > 0)
}

/** An element of the list that defines a column, not a constraint. */
function isColumn([first, second]: readonly SqlToken[]): boolean {
  if (second === undefined || !isName(first)) return false
  return first?.kind === 'quotedName' || !CONSTRAINTS.has(first?.value ?? '')
}

/** What is written of an element, without the NO INHERIT that release 18 allows behind NOT NULL. */
function elementText(text: string, element: readonly SqlToken[]): string {
  const at = noInherit(element)
  const last = element.at(-1)?.end
  if (at === undefined) return text.slice(element[0]?.start, last)
  return (
    text.slice(element[0]?.start, element[at - 1]?.end) + text.slice(element[at + 1]?.end, last)
  )
}

/** Where `NO INHERIT` stands behind the NOT NULL of a column. */
function noInherit(element: readonly SqlToken[]): number | undefined {
  if (!isColumn(element)) return undefined
  const at = element.findIndex(
    (token, index) =>
      isWord(token, 'no') &&
      isWord(element[index + 1], 'inherit') &&
      isWord(element[index - 1], 'null') &&
      isWord(element[index - 2], 'not'),
  )
  return at < 0 ? undefined : at
}

function hasNotNull(element: readonly SqlToken[]): boolean {
  return element.some((token, at) => isWord(token, 'null') && isWord(element[at - 1], 'not'))
}
