import { readFile } from 'node:fs/promises'
import { readError, UserError } from '../../../base/index.js'
import { DatabaseError } from '../../../db/index.js'
import { type ScriptStatement, splitSqlScript } from '../../../text/index.js'
import type { ScriptCall, ScriptHost, ScriptScope } from '../script-host.js'
import { withinTime } from '../within-time.js'

/**
 * Runs scripts in SQL: statement by statement, so that a failure names the statement and its line. What is
 * not SQL but psql's (`\copy`, variables, rows after COPY) is refused by PostgreSQL.
 */
export class SqlHost implements ScriptHost {
  run(call: ScriptCall, scope: ScriptScope): Promise<void> {
    return withinTime(runStatements(call, scope), call, scope)
  }

  async close(): Promise<void> {}
}

async function runStatements(call: ScriptCall, scope: ScriptScope): Promise<void> {
  const sql = scope.operations.sql
  if (sql === undefined) throw new TypeError('The operation "sql" is missing')
  for (const statement of splitSqlScript(await readScript(call.file))) {
    try {
      await sql([statement.text], new Map())
    } catch (error) {
      throw explain(error, call, statement)
    }
  }
}

async function readScript(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    if (!(error instanceof TypeError)) throw readError(error, file)
    throw new UserError('SCRIPT_INVALID', 'The script is not UTF-8', {
      place: { file },
      cause: error,
      hint: 'Save it as UTF-8.',
    })
  }
}

function explain(error: unknown, call: ScriptCall, statement: ScriptStatement): unknown {
  const place = { file: call.file, line: statement.line }
  if (error instanceof DatabaseError) {
    return new UserError('SCRIPT_FAILED', error.message, {
      place,
      cause: error,
      hint: 'Mend the script or the data, then run "moult resume".',
      data: { statement: statement.text.slice(0, 2_000) },
    })
  }
  if (error instanceof UserError && error.place === undefined) {
    const { hint } = error
    return new UserError(error.code, error.message, {
      place,
      cause: error,
      ...(hint !== undefined && { hint }),
    })
  }
  return error
}
