/** Makes a copy of a production database harmless. */
export type { CredentialColumn } from './credentials.js'
export {
  type NeutralizedModule,
  type NeutralizeOptions,
  type NeutralizeReport,
  neutralize,
} from './neutralize.js'
