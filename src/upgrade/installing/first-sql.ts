import { readFile } from 'node:fs/promises'
import { readError, UserError } from '../../base/index.js'
import { raw, type Session } from '../../db/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'

/** Of module `base`, in all releases from 11 on (`initialize` in odoo/modules/db.py). */
const FILE = 'data/base_data.sql'

/** Makes the few tables and rows that a database has before its first module; errors: FIRST_SQL_MISSING. */
export async function runFirstSql(
  session: Session,
  tree: Pick<AddonsTree, 'findAll' | 'release'>,
): Promise<void> {
  const [file] = await tree.findAll('base', FILE)
  if (file === undefined) {
    throw new UserError(
      'FIRST_SQL_MISSING',
      `The source tree of Odoo ${tree.release.series} has no odoo/addons/base/${FILE}`,
      { hint: 'Give the complete source tree of the release with --addons-path.' },
    )
  }
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw readError(error, file)
  }
  await session.execute(raw(text))
}
