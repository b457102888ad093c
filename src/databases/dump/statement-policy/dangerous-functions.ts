import type { SqlToken } from '../../../text/index.js'
import { type RefuseDecision, reachesFiles, reachesNetwork } from './decision.js'
import { isName, isSymbol } from './statement-cursor.js'

/** Functions that reach files, other servers or other sessions. */
const DANGEROUS =
  /^(?:lo_(?:import|export)|pg_(?:read_(?:binary_)?file|ls_\w+|stat_file|file_\w+|reload_conf|rotate_logfile|terminate_backend|cancel_backend|promote|switch_wal|create_\w+_replication_slot|logical_slot_\w+)|dblink\w*)$/i

/** Whether `token`, with `next` behind it, calls a dangerous function. */
export function isDangerousCall(token: SqlToken, next: SqlToken | undefined): boolean {
  return isSymbol(next, '(') && isName(token) && DANGEROUS.test(token.value)
}

export function callRefused(name: string): RefuseDecision {
  return /^dblink/i.test(name) ? reachesNetwork(`${name}()`) : reachesFiles(`${name}()`)
}
