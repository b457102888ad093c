/** What was asked for, by options, configuration files and the environment, made complete. */
export {
  type ConnectionOptions,
  type ResolvedConnection,
  resolveConnection,
  type ServerTarget,
} from './connection.js'
export { type Environment, readEnvironment } from './environment.js'
export { type OdooOptions, readOdooConf } from './odoo-conf.js'
