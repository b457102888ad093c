import { Findings, type Progress, UserError } from '../../base/index.js'
import { type AddonsTree, readAddonsTree } from '../../odoo/addons/index.js'
import type { HopRequest } from './upgrade-request.js'

/** The source of a hop's release. Fails with HOP_OTHER_RELEASE when it is of another one. */
export async function readTree(
  hop: HopRequest,
  progress: Progress,
  findings: Findings = new Findings(),
): Promise<AddonsTree> {
  const tree = await readAddonsTree({ addonsPath: hop.addonsPath }, progress, findings)
  if (tree.release.series === hop.to) return tree
  throw new UserError(
    'HOP_OTHER_RELEASE',
    `The source for ${hop.to} is of release ${tree.release.series}`,
    {
      ...(tree.root !== undefined && { place: { file: tree.root } }),
      hint: 'Give the source tree of the release that the upgrade goes to (--addons-path, or "releases" in moult.config).',
    },
  )
}
