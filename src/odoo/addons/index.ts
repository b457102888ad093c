/** Reads addons trees. */
export { locateModules } from './addons-path.js'
