import { outputOf } from './run-program.js'

/** The version of a PostgreSQL program: `15.18`, `18beta2`, and its first number. */
export interface ProgramVersion {
  readonly major: number
  readonly version: string
}

const OLDEST_MAJOR = 10

/** Reads what `postgres --version` and the like print; undefined for anything else. */
export function parseVersion(text: string): ProgramVersion | undefined {
  const version = /\(PostgreSQL\) (\d+[^\s]*)/.exec(text)?.[1]
  if (version === undefined) return undefined
  const major = Number.parseInt(version, 10)
  return major >= OLDEST_MAJOR ? { major, version } : undefined
}

/** Asks a program for its version; undefined when it is absent or does not run on this machine. */
export async function versionOf(
  program: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ProgramVersion | undefined> {
  return parseVersion((await outputOf(program, ['--version'], environment)) ?? '')
}
