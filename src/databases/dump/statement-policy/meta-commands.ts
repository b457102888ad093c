import { type RefuseDecision, refuse, type SkipDecision, skip, skipAndTell } from './decision.js'

/** pg_dump's own protection against injected commands; its key is letters and digits. */
const RESTRICT = /^\\(?:un)?restrict\s+[A-Za-z0-9]+$/
const CONNECT = /^\\c(?:onnect)?(?:\s|$)/
/** Output and messages of psql, without consequence for the database. */
const DISPLAY =
  /^\\(?:echo|qecho|warn|pset|timing|set\s+(?:ON_ERROR_STOP|QUIET|ECHO)|unset)(?:\s|$)/

/** What to do with a command of psql: none is ever run. */
export function decideMetaCommand(command: string): SkipDecision | RefuseDecision {
  if (RESTRICT.test(command)) return skip('it protects psql, which is not used')
  if (CONNECT.test(command)) {
    return skipAndTell(
      'info',
      'DATABASE_COMMAND_IGNORED',
      'The command \\connect of the dump is not run: the database is the one you named',
    )
  }
  if (DISPLAY.test(command)) return skip('it changes only what psql shows')
  const [shown = ''] = command.split('\n', 1)
  return refuse(
    'META_COMMAND',
    `The dump holds a command for psql that moult does not run: ${shown.slice(0, 80)}`,
    'pg_dump does not write it, and some such commands run programs. If you trust the file, remove the line.',
  )
}
