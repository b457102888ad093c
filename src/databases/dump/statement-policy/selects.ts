import {
  reachesFiles,
  run,
  type StatementDecision,
  skip,
  skipAndTell,
  unexpected,
} from './decision.js'
import { decideSetting } from './settings.js'
import type { StatementCursor } from './statement-cursor.js'

/** Functions that pg_dump calls to write large objects, and those of them that begin one. */
const LARGE_OBJECT = /^(?:lo_(?:creat|create|open|close|unlink|put|from_bytea|lseek)|lowrite)$/
const NEW_LARGE_OBJECT = /^lo_(?:creat|create|from_bytea)$/
/** Planner statistics of pg_dump 18; the restored database gathers its own. */
const STATISTICS = /^pg_(?:restore|clear)_(?:relation|attribute|extended)_stats$/

/** SELECT: pg_dump uses it to call a handful of functions, and only those are known here. */
export function decideSelect(cursor: StatementCursor): StatementDecision {
  cursor.accept('select')
  if (cursor.acceptSymbol('*')) cursor.accept('from')
  const name = cursor.name()
  const builtIn = name?.schema === undefined || name.schema === 'pg_catalog'
  if (name === undefined || !builtIn) return unexpected('A query')
  const call = name.name
  if (call === 'setval') return decideSetval(cursor)
  if (call === 'set_config') return decideSetConfig(cursor)
  if (call === 'lo_import' || call === 'lo_export') return reachesFiles(`${call}()`)
  if (NEW_LARGE_OBJECT.test(call)) return largeObjects()
  if (LARGE_OBJECT.test(call)) return skip('large objects are not restored')
  if (STATISTICS.test(call)) return skip('statistics are gathered anew')
  if (call === 'pg_extension_config_dump') return skip('only extensions themselves need it')
  return unexpected('A query')
}

function largeObjects(): StatementDecision {
  return skipAndTell(
    'warning',
    'LARGE_OBJECTS',
    'The dump holds large objects, which are not restored',
    'Odoo does not use them. If something else of yours does, load the dump with psql instead.',
  )
}

/** `setval('name', 5, true)`; very old dumps ask pg_get_serial_sequence('table', 'column') for the name. */
function decideSetval(cursor: StatementCursor): StatementDecision {
  const refusal = unexpected('This call of setval()')
  if (!cursor.acceptSymbol('(')) return refusal
  if (cursor.acceptString() === undefined) {
    const inner = cursor.name()
    if (inner?.name !== 'pg_get_serial_sequence') return refusal
    if (inner.schema !== undefined && inner.schema !== 'pg_catalog') return refusal
    const values = cursor.parenthesized()
    if (!values?.every(({ kind, value }) => kind === 'string' || value === ',')) return refusal
  }
  if (!cursor.acceptSymbol(',')) return refusal
  cursor.acceptSymbol('-')
  if (cursor.next?.kind !== 'number') return refusal
  cursor.at += 1
  if (cursor.acceptSymbol(',') && cursor.acceptOne('true', 'false') === '') return refusal
  return cursor.acceptSymbol(')') && cursor.done ? run('sequence', cursor.text) : refusal
}

function decideSetConfig(cursor: StatementCursor): StatementDecision {
  const refusal = unexpected('This call of set_config()')
  if (!cursor.acceptSymbol('(')) return refusal
  const setting = cursor.acceptString()
  if (setting === undefined || !cursor.acceptSymbol(',')) return refusal
  const value = cursor.acceptString()
  if (value === undefined || !cursor.acceptSymbol(',')) return refusal
  if (cursor.acceptOne('true', 'false') === '' || !cursor.acceptSymbol(')')) return refusal
  if (!cursor.done) return refusal
  const name = setting.toLowerCase()
  // How the rest of the dump is to be read is only known from SET.
  if (name === 'client_encoding' || name === 'standard_conforming_strings') return refusal
  return decideSetting(name, [value], cursor.text)
}
