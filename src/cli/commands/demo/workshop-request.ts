import { packageFile } from '../../../base/index.js'
import {
  completeRequest,
  type HopRequest,
  type UpgradeRequest,
} from '../../../upgrade/planning/index.js'

/** The example's sources, beside the program in a checkout and in the package. */
export const WORKSHOP_FOLDER = packageFile('examples/bicycle-workshop')

/** What `moult upgrade workshop` asks for in the folder of the example, by its moult.config.json. */
export function workshopRequest(source: string, folder = WORKSHOP_FOLDER): UpgradeRequest {
  const hop = (to: string, more: Pick<HopRequest, 'profile' | 'upgradePath'>): HopRequest => ({
    to,
    addonsPath: [`${folder}/${to}`],
    update: ['all'],
    init: [],
    ...more,
  })
  return completeRequest({
    source,
    hops: [
      hop('16.0', {
        profile: 'openupgrade',
        upgradePath: [`${folder}/upgrade/16.0/openupgrade_scripts/scripts`],
      }),
      hop('17.0', { profile: 'odoo', upgradePath: [] }),
    ],
  })
}
