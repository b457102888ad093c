import { InternalError } from '../../../base/index.js'
import { startEmbedded } from './embedded/embedded-interpreter.js'
import { forgetSnapshot, interpreterSnapshot } from './embedded/snapshot-cache.js'
import { guestPackageFolder } from './guest-package.js'
import type { Interpreter, Mount } from './interpreter.js'
import { startProcess } from './process/process-interpreter.js'
import type { PythonInterpreter } from './python-host-options.js'

/** Where the guest package lies in an embedded interpreter. */
const EMBEDDED_PACKAGE = '/lib/moult'

export interface InterpreterStart {
  readonly interpreter: PythonInterpreter
  /** Series of the target release. */
  readonly release: string
  readonly mounts: readonly Mount[]
  /** First entries of Python's search path. */
  readonly searchPath: readonly string[]
  readonly cacheDirectory: string | undefined
  /** It lives long: no other one of its kind is started soon. */
  readonly alone?: boolean
}

/** The folder of the guest package, as the interpreter knows it. */
export function guestFolder(interpreter: PythonInterpreter): string {
  return interpreter === 'embedded' ? EMBEDDED_PACKAGE : guestPackageFolder()
}

/** Starts an interpreter; throws PYTHON_NOT_FOUND, PYTHON_TOO_OLD, PYTHON_FAILED, PYTHON_START_FAILED. */
export async function startInterpreter(start: InterpreterStart): Promise<Interpreter> {
  const { interpreter, searchPath, release, mounts, cacheDirectory, alone } = start
  if (interpreter !== 'embedded') return startProcess(interpreter.executable, searchPath)
  const kind = { searchPath, release }
  const snapshot = await interpreterSnapshot(kind, cacheDirectory, alone)
  if (snapshot === undefined) return startEmbedded({ mounts, ...kind })
  try {
    return await startEmbedded({ mounts, ...kind, snapshot })
  } catch {
    await forgetSnapshot(kind, cacheDirectory)
    return startEmbedded({ mounts, ...kind })
  }
}

/** Sends an interpreter its first command; it is ended when it does not pass. */
export async function introduce(
  interpreter: Interpreter,
  command: Readonly<Record<string, unknown>>,
  memory: number,
): Promise<void> {
  const { text } = await interpreter.command(JSON.stringify({ do: 'start', ...command }), {
    answer: async () => '{"e":{"kind":"host","message":"No script is running"}}',
    mounts: [],
    printed: () => {},
    memory,
  })
  if (text === '{"kind": "passed"}') return
  await interpreter.kill()
  throw new InternalError('PYTHON_START_FAILED', 'The guest package did not start', {
    data: { answer: text.slice(0, 2000) },
  })
}
