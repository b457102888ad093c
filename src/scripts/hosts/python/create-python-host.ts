import { InternalError } from '../../../base/index.js'
import type { ScriptHost } from '../script-host.js'
import { startEmbedded } from './embedded/embedded-interpreter.js'
import { forgetSnapshot, interpreterSnapshot } from './embedded/snapshot-cache.js'
import { guestPackageFolder } from './guest-package.js'
import type { Interpreter } from './interpreter.js'
import { startProcess } from './process/process-interpreter.js'
import { PythonHost } from './python-host.js'
import type { PythonHostOptions } from './python-host-options.js'
import { findScriptFolders, type ScriptFolders } from './script-folders.js'

const DEFAULT_MEMORY = 2 * 1024 * 1024 * 1024

/** Where the guest package lies in an embedded interpreter. */
const EMBEDDED_PACKAGE = '/lib/moult'

/**
 * Starts a Python interpreter for migration scripts. Throws SCRIPT_FOLDER_UNKNOWN, LIBRARY_UNKNOWN,
 * PYTHON_NOT_FOUND, PYTHON_TOO_OLD, PYTHON_FAILED, PYTHON_START_FAILED.
 */
export async function createPythonHost(options: PythonHostOptions): Promise<ScriptHost> {
  const embedded = options.interpreter === 'embedded'
  const naming = embedded ? 'logical' : 'as-is'
  const folders = await findScriptFolders(options, naming)
  const guest = embedded ? EMBEDDED_PACKAGE : guestPackageFolder()
  // The facade stays behind a library of the user's: it holds odoo.upgrade.util too.
  const library = folders.library === undefined ? [] : [folders.library]
  const searchPath = [guest, `${guest}/shim`, ...library, `${guest}/facade`]
  const start = async (): Promise<Interpreter> => {
    const interpreter = await startInterpreter(options, folders, searchPath)
    await introduce(interpreter, options, folders, guest)
    return interpreter
  }
  const parts = {
    start,
    folders,
    naming,
    memory: options.limits?.memory ?? DEFAULT_MEMORY,
    sharesMemory: embedded,
  } as const
  return new PythonHost(parts, await start())
}

async function startInterpreter(
  options: PythonHostOptions,
  folders: ScriptFolders,
  searchPath: readonly string[],
): Promise<Interpreter> {
  if (options.interpreter !== 'embedded') {
    return startProcess(options.interpreter.executable, searchPath)
  }
  const { cacheDirectory, release } = options
  const kind = { searchPath, release }
  const snapshot = await interpreterSnapshot(kind, cacheDirectory)
  const start = { mounts: folders.mounts, ...kind }
  if (snapshot === undefined) return startEmbedded(start)
  try {
    return await startEmbedded({ ...start, snapshot })
  } catch {
    await forgetSnapshot(kind, cacheDirectory)
    return startEmbedded(start)
  }
}

async function introduce(
  interpreter: Interpreter,
  options: PythonHostOptions,
  folders: ScriptFolders,
  guest: string,
): Promise<void> {
  const command = {
    do: 'start',
    release: options.release,
    addons_paths: folders.addonsPaths,
    addons: folders.addons,
    tolerant: options.tolerant ?? false,
    user_paths: folders.mounts.map(({ guest: inGuest, shown }) => [inGuest, shown]),
    own_paths: [guest],
  }
  const { text } = await interpreter.command(JSON.stringify(command), {
    answer: async () => '{"e":{"kind":"host","message":"No script is running"}}',
    mounts: [],
    printed: () => {},
    memory: options.limits?.memory ?? DEFAULT_MEMORY,
  })
  if (text !== '{"kind": "passed"}') {
    await interpreter.kill()
    throw new InternalError('PYTHON_START_FAILED', 'The guest package did not start', {
      data: { answer: text.slice(0, 2000) },
    })
  }
}
