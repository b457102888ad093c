/** A Python prompt with `env` on a database: the release's own ORM as a guest, or moult's records. */
export { type ShellFacts, type ShellOptions, withShell } from './open-shell.js'
export type { Completions, Shell, ShellAnswer } from './shell.js'
