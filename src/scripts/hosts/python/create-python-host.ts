import type { ScriptHost } from '../script-host.js'
import type { Interpreter } from './interpreter.js'
import { PythonHost } from './python-host.js'
import type { PythonHostOptions } from './python-host-options.js'
import { findScriptFolders } from './script-folders.js'
import { guestFolder, introduce, startInterpreter } from './start-interpreter.js'

const DEFAULT_MEMORY = 2 * 1024 * 1024 * 1024

/**
 * Starts a Python interpreter for migration scripts. Throws SCRIPT_FOLDER_UNKNOWN, LIBRARY_UNKNOWN,
 * PYTHON_NOT_FOUND, PYTHON_TOO_OLD, PYTHON_FAILED, PYTHON_START_FAILED.
 */
export async function createPythonHost(options: PythonHostOptions): Promise<ScriptHost> {
  const embedded = options.interpreter === 'embedded'
  const naming = embedded ? 'logical' : 'as-is'
  const folders = await findScriptFolders(options, naming)
  const guest = guestFolder(options.interpreter)
  // The facade stays behind a library of the user's: it holds odoo.upgrade.util too.
  const library = folders.library === undefined ? [] : [folders.library]
  const searchPath = [guest, `${guest}/shim`, ...library, `${guest}/facade`]
  const { interpreter, release, cacheDirectory } = options
  const memory = options.limits?.memory ?? DEFAULT_MEMORY
  const { mounts } = folders
  const start = async (): Promise<Interpreter> => {
    const started = await startInterpreter({
      interpreter,
      release,
      mounts,
      searchPath,
      cacheDirectory,
    })
    await introduce(
      started,
      {
        release,
        addons_paths: folders.addonsPaths,
        addons: folders.addons,
        tolerant: options.tolerant ?? false,
        user_paths: mounts.map(({ guest: inGuest, shown }) => [inGuest, shown]),
        own_paths: [guest],
      },
      memory,
    )
    return started
  }
  const parts = { start, folders, naming, memory, sharesMemory: embedded } as const
  return new PythonHost(parts, await start())
}
