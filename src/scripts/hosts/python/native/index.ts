/** The release's own Odoo, in an interpreter, over the host's session. */
export { createOdooGuest } from './create-odoo-guest.js'
export { type OdooCommand, OdooGuest } from './odoo-guest.js'
export type { OdooGuestOptions } from './odoo-guest-options.js'
