/** The release's own Odoo, in an interpreter, over the host's session. */
export { createOdooGuest, openNativeOrm } from './create-odoo-guest.js'
export type {
  ComputeRequest,
  DefaultRequest,
  ExtendRequest,
  FieldName,
  FunctionElement,
  HookCall,
  MethodCall,
  NativeOrm,
  RegistryFacts,
} from './native-orm.js'
export { type OdooCommand, OdooGuest } from './odoo-guest.js'
export type { OdooGuestOptions } from './odoo-guest-options.js'
