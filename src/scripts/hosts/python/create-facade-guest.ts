import { OdooGuest } from './native/index.js'
import type { PythonHostOptions } from './python-host-options.js'
import { findScriptFolders } from './script-folders.js'
import { guestFolder, introduce, startInterpreter } from './start-interpreter.js'

const DEFAULT_MEMORY = 2 * 1024 * 1024 * 1024

/**
 * Starts an interpreter in which `odoo` is moult's own: records over the host's `orm.*` operations. For a
 * prompt; scripts have {@link createPythonHost}, with the same errors.
 */
export async function createFacadeGuest(options: PythonHostOptions): Promise<OdooGuest> {
  const embedded = options.interpreter === 'embedded'
  const folders = await findScriptFolders(options, embedded ? 'logical' : 'as-is')
  const guest = guestFolder(options.interpreter)
  const library = folders.library === undefined ? [] : [folders.library]
  const { interpreter, release, cacheDirectory } = options
  const memory = options.limits?.memory ?? DEFAULT_MEMORY
  const started = await startInterpreter({
    interpreter,
    release,
    mounts: folders.mounts,
    searchPath: [guest, `${guest}/shim`, ...library, `${guest}/facade`],
    cacheDirectory,
  })
  await introduce(
    started,
    {
      release,
      addons_paths: folders.addonsPaths,
      addons: folders.addons,
      tolerant: false,
      user_paths: folders.mounts.map(({ guest: inGuest, shown }) => [inGuest, shown]),
      own_paths: [guest],
    },
    memory,
  )
  return new OdooGuest({
    interpreter: started,
    operations: {},
    memory,
    sharesMemory: embedded,
    cleanUp: async () => {},
  })
}
