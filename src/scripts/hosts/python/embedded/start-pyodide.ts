import { loadPyodide } from 'pyodide'
import type { EmscriptenFiles } from './read-only-files.js'
import type { InterpreterData } from './worker-protocol.js'

/** Where the guest package lies in the interpreter's own file system. */
export const GUEST_FOLDER = '/lib/moult'

/** The parts of Pyodide that are used here; its own types call them `any`. */
export interface Pyodide {
  readonly FS: EmscriptenFiles
  readonly _module: { readonly HEAP8: Int8Array }
  readonly _api: Record<string, unknown>
  runPython(code: string): unknown
  pyimport(name: string): {
    readonly connect: (exchange: (question: string) => string) => (command: string) => string
  }
  setInterruptBuffer(buffer: Uint8Array): void
  unregisterJsModule(name: string): void
  makeMemorySnapshot(): Uint8Array
}

/** An index of packages without packages: nothing is ever fetched. */
const NO_PACKAGES = JSON.stringify({
  info: {
    abi_version: '2026_0',
    arch: 'wasm32',
    platform: 'emscripten_5_0_3',
    python: '3.14.2',
    version: '314.0.7',
  },
  packages: {},
})

/** Starts the interpreter with the guest package in it, from a picture of its memory if there is one. */
export async function startPyodide(
  data: InterpreterData,
  printed: (stream: 'stdout' | 'stderr', text: string) => void,
): Promise<Pyodide> {
  const options = {
    indexURL: data.pyodide,
    lockFileContents: NO_PACKAGES,
    packageBaseUrl: 'file:///nowhere/',
    enableRunUntilComplete: false,
    _sysExecutable: 'python',
    jsglobals: Object.create(null) as object,
    env: {
      HOME: '/home/moult',
      LANG: 'C.UTF-8',
      PYTHONDONTWRITEBYTECODE: '1',
      // Odoo writes rows in the order of sets: two runs, and a resumed one, shall have the same.
      PYTHONHASHSEED: '0',
      PYTHONUTF8: '1',
    },
    stdin: () => null,
    stdout: (text: string) => printed('stdout', text),
    stderr: (text: string) => printed('stderr', text),
    fsInit: async (fs: Parameters<NonNullable<LoadOptions['fsInit']>>[0]) => writeGuest(fs, data),
    ...(data.makeSnapshot && { _makeSnapshot: true }),
    ...(data.snapshot !== undefined && { _loadSnapshot: data.snapshot }),
  }
  const python = (await loadPyodide(options as unknown as LoadOptions)) as unknown as Pyodide
  python.runPython(data.snapshot === undefined ? importGuest(data) : searchFirst(data))
  return python
}

type LoadOptions = NonNullable<Parameters<typeof loadPyodide>[0]>

function writeGuest(
  fs: { mkdirTree(path: string): void; writeFile(path: string, data: Uint8Array): void },
  data: InterpreterData,
): void {
  for (const { path, bytes } of data.files) {
    const file = `${GUEST_FOLDER}/${path}`
    fs.mkdirTree(file.slice(0, file.lastIndexOf('/')))
    fs.writeFile(file, bytes)
  }
}

/**
 * What every script needs is imported before the memory's picture is taken. A module that cannot be
 * imported now says so to the script that wants it.
 */
function importGuest(data: InterpreterData): string {
  // A library of the user's is not mounted yet: moult's own must not take its name.
  const ownLibrary = data.searchPath.every((folder) => folder.startsWith(GUEST_FOLDER))
  return `
${searchFirst(data)}
import moultg.embedded
moultg.embedded.prepare(${JSON.stringify(data.release)}, ${ownLibrary ? 'True' : 'False'})
`
}

function searchFirst(data: InterpreterData): string {
  const first = JSON.stringify(data.searchPath)
  return `
import sys
sys.path[:] = ${first} + [p for p in sys.path if p and p not in ${first}]
`
}
