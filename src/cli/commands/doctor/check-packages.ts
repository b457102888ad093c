import { Findings } from '../../../base/index.js'
import type { Environment } from '../../../config/index.js'
import { type FoundPackage, findPackages } from '../../../odoo/packages/index.js'
import { parseRelease, type Release, SUPPORTED_MAJORS } from '../../../odoo/release/index.js'
import { listSources } from '../../../odoo/sources/index.js'
import type { Check } from './check.js'

/** The Python packages of each release whose source is known; of the newest release where none is. */
export async function checkPackages(environment: Environment): Promise<readonly Check[]> {
  const sources = await listSources(environment, new Findings())
  const known = sources.flatMap(({ kind, series, tree }) => {
    const release = kind === 'odoo' ? parseRelease(series) : undefined
    return release === undefined ? [] : [{ release, trees: [tree] }]
  })
  const newest = parseRelease(`${SUPPORTED_MAJORS.at(-1)}.0`)
  const fallback = newest === undefined ? [] : [{ release: newest, trees: [] }]
  return Promise.all(
    (known.length > 0 ? known : fallback).map(async ({ release, trees }) => {
      const { packages } = await findPackages({ release, trees, environment })
      return toCheck(release, packages)
    }),
  )
}

/** What only machine code can do is absent on every machine and costs little: it is told, not deplored. */
function toCheck({ series }: Release, packages: readonly FoundPackage[]): Check {
  const costly = packages.filter(({ consequence }) => consequence !== '')
  const required = costly.filter(({ needed }) => needed === 'required')
  const missing = required.filter(({ kind }) => kind === 'missing')
  const compiled = required.filter(({ kind }) => kind === 'compiled')
  const optional = costly.filter(({ needed }) => needed === 'optional')
  const sentences = [
    missing.length === 0
      ? "The release's own code imports them."
      : `Missing, and what needs them fails when the release's own code runs: ${costsOf(missing)}. ` +
        `Fetch them (moult sources add ${series} --packages) or install them beside Odoo.`,
    ...(compiled.length === 0
      ? []
      : [`Not in the embedded Python, for they are compiled: ${costsOf(compiled)}.`]),
    ...(optional.length === 0
      ? []
      : [`Odoo does without: ${optional.map(({ name }) => name).join(', ')}.`]),
    "With --python the release's own code runs in a CPython that has them: about two thirds of the time, and no isolation.",
  ]
  return {
    name: `Python packages for ${series}`,
    state: missing.length === 0 ? 'ok' : 'missing',
    found: `${packages.length - costly.length} of ${packages.length}`,
    note: sentences.join(' '),
  }
}

function costsOf(packages: readonly FoundPackage[]): string {
  return packages
    .map(({ name, consequence }) => `${name} (${consequence.replace(/^.*: |;.*$/g, '')})`)
    .join(', ')
}
