import type { Sql } from '../../db/index.js'
import type { HelperContext } from './helper-context.js'

/** Runs a statement and logs how many rows it changed, unless it changed none. */
export async function runLogged(context: HelperContext, statement: Sql): Promise<number> {
  const { count } = await context.session.query(statement)
  if (count > 0) {
    const text = statement.text.replace(/\s+/g, ' ').trim()
    context.log('debug', `${count} rows affected by ${text}`)
  }
  return count
}
