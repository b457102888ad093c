/** Runs Python migration scripts: in an embedded interpreter without any rights, or in a CPython process. */
export { createFacadeGuest } from './create-facade-guest.js'
export { createPythonHost } from './create-python-host.js'
export {
  type ComputeRequest,
  createOdooGuest,
  type DefaultRequest,
  type ExtendRequest,
  type MethodCall,
  type NativeOrm,
  type OdooCommand,
  OdooGuest,
  type OdooGuestOptions,
  openNativeOrm,
  type RegistryFacts,
} from './native/index.js'
export type {
  HelperLibrary,
  PythonHostOptions,
  PythonInterpreter,
  PythonLimits,
  PythonRoots,
} from './python-host-options.js'
