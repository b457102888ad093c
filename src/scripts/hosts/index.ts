/** Runs one migration script: SQL, TypeScript, or Python in an embedded or external interpreter. */
export {
  createOdooGuest,
  createPythonHost,
  type HelperLibrary,
  type OdooCommand,
  OdooGuest,
  type OdooGuestOptions,
  type PythonHostOptions,
  type PythonInterpreter,
} from './python/index.js'
export type {
  LogLevel,
  ScriptCall,
  ScriptHost,
  ScriptLimits,
  ScriptLog,
  ScriptScope,
} from './script-host.js'
export { SqlHost } from './sql/sql-host.js'
export { type SqlOperationsOptions, sqlOperations } from './sql-operations.js'
export { type ScriptArguments, TypeScriptHost } from './typescript/typescript-host.js'
export { type SessionWatch, WatchedSession } from './watched-session.js'
