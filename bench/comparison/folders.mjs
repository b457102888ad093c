import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The cases and the reference, in Python. */
export const PYTHON_FOLDER = fileURLToPath(new URL('./python', import.meta.url))
/** The script that runs the cases in a guest. */
export const GUEST_SCRIPT = fileURLToPath(new URL('./guest/post-compare.py', import.meta.url))
/** What the cases import. */
export const CASE_FOLDERS = [
  PYTHON_FOLDER,
  fileURLToPath(new URL('../../test/guest/fixtures/lxml', import.meta.url)),
]

/** The addons path: the folders that were given, then Odoo's own. */
export function addonsOf({ odoo, addons }) {
  const own = [join(odoo, 'odoo', 'addons'), join(odoo, 'addons')].filter((one) => existsSync(one))
  return [...new Set([...addons, ...own])]
}
