import type { UpgradePlan } from '../../../upgrade/planning/index.js'

/** PostgreSQL's limit. */
const LONGEST_NAME = 63

/**
 * The name of an upgraded copy: `acme` and `acme_15` become `acme_16`; inside of a release `acme_16` becomes
 * `acme_16_upgraded`. What a database's name cannot hold is replaced.
 */
export function copyName(source: string, { hops }: Pick<UpgradePlan, 'hops'>): string {
  const from = endingOf(hops[0]?.from ?? '')
  const to = endingOf(hops.at(-1)?.to ?? '')
  const name = source
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '_')
    .replaceAll(/\.{2,}/g, '.')
    .replace(/^[^A-Za-z0-9]+/, '')
  const ending = name.endsWith(to) ? '_upgraded' : to
  const stem = from !== to && name.endsWith(from) ? name.slice(0, -from.length) : name
  return `${(stem === '' ? name : stem).slice(0, LONGEST_NAME - ending.length)}${ending}`
}

/** `_16` */
function endingOf(series: string): string {
  return `_${series.replace(/\.0$/, '').replaceAll(/[^\w]/g, '_')}`
}
