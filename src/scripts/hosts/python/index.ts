/** Runs Python migration scripts: in an embedded interpreter without any rights, or in a CPython process. */
export { createPythonHost } from './create-python-host.js'
export {
  createOdooGuest,
  type OdooCommand,
  OdooGuest,
  type OdooGuestOptions,
} from './native/index.js'
export type {
  HelperLibrary,
  PythonHostOptions,
  PythonInterpreter,
  PythonLimits,
  PythonRoots,
} from './python-host-options.js'
