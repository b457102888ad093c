/** Runs one migration script: SQL, TypeScript, or Python in an embedded or external interpreter. */
export { fitPicture, isSamePicture } from './python/images/index.js'
export {
  type ComputeRequest,
  createFacadeGuest,
  createOdooGuest,
  createPythonHost,
  type DefaultRequest,
  type ExtendRequest,
  type HelperLibrary,
  type MethodCall,
  type NativeOrm,
  type OdooCommand,
  OdooGuest,
  type OdooGuestOptions,
  openNativeOrm,
  type PythonHostOptions,
  type PythonInterpreter,
  type RegistryFacts,
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
