import { type Finding, UserError } from '../../../base/index.js'
import { type ClientPrograms, type Cluster, listClientPrograms } from '../../../db/index.js'

/** Which program writes the dump. */
export type DumperChoice = 'auto' | 'pg_dump' | 'built-in'

export type Dumper =
  | { readonly kind: 'pg_dump'; readonly programs: ClientPrograms }
  | { readonly kind: 'built-in' }

export interface ChosenDumper {
  readonly dumper: Dumper
  readonly findings: readonly Finding[]
}

/** The search for pg_dump, which can begin before the server's version is known. */
export async function searchPrograms(
  cluster: Cluster,
  choice: DumperChoice,
): Promise<readonly ClientPrograms[]> {
  return choice === 'built-in' || cluster.environment === undefined ? [] : listClientPrograms()
}

/**
 * pg_dump of the server's version or newer where a server is involved, as it knows every kind of object;
 * moult's own dumper on the embedded engine, which no other program can reach, and where there is no fitting
 * pg_dump.
 *
 * Errors: PG_DUMP_MISSING when it was asked for and is not here.
 */
export function chooseDumper(
  cluster: Cluster,
  serverVersion: number,
  { choice, found }: { readonly choice: DumperChoice; readonly found: readonly ClientPrograms[] },
): ChosenDumper {
  const reachable = cluster.environment !== undefined
  const major = Math.floor(serverVersion / 10_000)
  const programs = found.find((candidate) => candidate.major >= major)
  if (programs !== undefined) return { dumper: { kind: 'pg_dump', programs }, findings: [] }
  if (choice === 'pg_dump') {
    throw new UserError(
      'PG_DUMP_MISSING',
      reachable
        ? `There is no pg_dump for PostgreSQL ${major} on this machine`
        : 'No other program can reach the embedded database',
      {
        hint: reachable
          ? `Install PostgreSQL's client programs of version ${major} or newer (Debian: postgresql-client-${major}), or leave --dumper out.`
          : "Leave --dumper out: moult's own dumper writes the same formats.",
      },
    )
  }
  const findings: readonly Finding[] =
    reachable && choice === 'auto'
      ? [
          {
            code: 'BUILT_IN_DUMPER',
            severity: 'info',
            message: `No pg_dump for PostgreSQL ${major} is on this machine; moult's own dumper was used`,
            hint: `It covers what Odoo databases hold. With postgresql-client-${major} installed, pg_dump is used.`,
          },
        ]
      : []
  return { dumper: { kind: 'built-in' }, findings }
}
