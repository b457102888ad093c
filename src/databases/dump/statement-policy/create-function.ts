import { refuse, run, type StatementDecision } from './decision.js'
import { isSymbol, nameText, type StatementCursor } from './statement-cursor.js'

/** Languages whose functions cannot leave the database. Absent ones are the server's to refuse. */
const TRUSTED: ReadonlySet<string> = new Set([
  ...['sql', 'plpgsql', 'plperl', 'pltcl', 'plv8', 'plcoffee', 'plls', 'pllua', 'plpgtsql'],
])

/** CREATE FUNCTION and CREATE PROCEDURE; the cursor is behind that keyword. */
export function decideCreateFunction(cursor: StatementCursor): StatementDecision {
  const name = nameText(cursor.name())
  cursor.parenthesized()
  const { outside } = cursor
  for (const [at, token] of outside.entries()) {
    if (token.kind !== 'word' || token.value !== 'language') continue
    const language = outside[at + 1]
    if (isSymbol(language, '.') || isSymbol(outside[at - 1], '.')) continue
    const known =
      language !== undefined &&
      ['word', 'quotedName', 'string'].includes(language.kind) &&
      TRUSTED.has(language.kind === 'string' ? language.value.toLowerCase() : language.value)
    if (!known) return untrusted(name, language?.value ?? '?')
  }
  return run('schema', cursor.text)
}

function untrusted(name: string, language: string): StatementDecision {
  return refuse(
    'UNTRUSTED_LANGUAGE',
    `The function ${name} is written in "${language}", which can reach files and programs of the database server`,
    'Drop the function in the source database and dump again; create it by hand as a superuser if it is needed.',
  )
}
