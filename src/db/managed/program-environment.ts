import type { ServerBinaries } from '../server-programs.js'

/** From the caller's environment, servers take only what a program cannot do without. */
const KEPT = ['PATH', 'SystemRoot', 'TEMP', 'TMP']

/** The environment of initdb and postgres: none of the caller's PG* variables, messages in English. */
export function programEnvironment(binaries: ServerBinaries): NodeJS.ProcessEnv {
  const kept = KEPT.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(kept), ...binaries.environment, LC_ALL: 'C' }
}
