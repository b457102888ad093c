/** A small invented business, for the demo and for tests. */
export { createExample } from './create-example.js'
