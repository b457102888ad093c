import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { MoultError } from '../../src/base/index.js'
import type { Session } from '../../src/db/index.js'
import type { ScriptHost, ScriptLimits, ScriptLog } from '../../src/scripts/hosts/index.js'
import { createPythonHost, type PythonHostOptions } from '../../src/scripts/hosts/python/index.js'
import {
  type GuestAnswer,
  type GuestOperations,
  type GuestValue,
  PyTuple,
} from '../../src/scripts/values/index.js'
import { testCache } from '../support/engines.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'

/** A Python that the tests run scripts in. */
export interface TestInterpreter {
  readonly name: string
  readonly interpreter: PythonHostOptions['interpreter']
  readonly unavailable?: string
}

export const embedded: TestInterpreter = { name: 'embedded', interpreter: 'embedded' }

/** The embedded Python and, where there is one (MOULT_TEST_PYTHON, or python3 of the path), CPython. */
export function interpreters(): readonly TestInterpreter[] {
  const executable = process.env.MOULT_TEST_PYTHON ?? 'python3'
  try {
    execFileSync(executable, ['-c', 'import sys; assert sys.version_info >= (3, 8)'])
    return [embedded, { name: 'CPython', interpreter: { executable } }]
  } catch {
    const unavailable = 'no Python 3.8 on this machine'
    return [embedded, { name: `CPython: ${unavailable}`, interpreter: 'embedded', unavailable }]
  }
}

/** What came of a script. */
export interface ScriptRun {
  readonly error: MoultError | undefined
  readonly logs: readonly ScriptLog[]
  /** The operations it asked for, in order. */
  readonly asked: readonly string[]
  /** What it gave to `tell`. */
  readonly told: readonly GuestValue[]
}

export interface RunOptions {
  readonly module?: string
  readonly phase?: 'pre' | 'post' | 'end'
  readonly directory?: string
  readonly installedVersion?: string
  readonly operations?: GuestOperations
  readonly session?: Session
  readonly signal?: AbortSignal
  readonly limits?: ScriptLimits
  readonly cancelStatement?: () => Promise<void>
}

/** A host with folders of its own for the tests of the surrounding `describe`. */
export interface TestHost {
  readonly root: () => string
  /** Path of a file below the root of scripts. */
  readonly path: (name: string) => string
  readonly write: (name: string, text: string) => Promise<string>
  /** Writes the script and runs it. */
  readonly run: (source: string, options?: RunOptions & { file?: string }) => Promise<ScriptRun>
  readonly host: () => ScriptHost
}

type MoreOptions = Partial<Omit<PythonHostOptions, 'interpreter'>>

/** Opens a host: scripts lie in `scripts`, addons in `addons` below its root. */
export function useHost(test: TestInterpreter, more: MoreOptions = {}): TestHost {
  return useOpenedHost(test.unavailable !== undefined, (root) =>
    createPythonHost({
      interpreter: test.interpreter,
      roots: { sources: [join(root, 'addons')], scripts: [join(root, 'scripts')] },
      release: '16.0',
      cacheDirectory: testCache,
      ...more,
    }),
  )
}

/** The same for a host that `open` makes, unless it is skipped. */
export function useOpenedHost(
  skip: boolean,
  open: (root: string) => Promise<ScriptHost>,
): TestHost {
  let folder: TemporaryFolder | undefined
  let host: ScriptHost | undefined
  let count = 0
  beforeAll(async () => {
    folder = await temporaryFolder()
    for (const name of ['scripts', 'addons']) await mkdir(join(folder.path, name))
    if (!skip) host = await open(folder.path)
  }, 300_000)
  afterAll(async () => {
    await host?.close()
    await folder?.remove()
  })
  const root = (): string => {
    if (folder === undefined) throw new Error('There is no folder yet')
    return folder.path
  }
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(root(), name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    return file
  }
  const opened = (): ScriptHost => {
    if (host === undefined) throw new Error('There is no host yet')
    return host
  }
  return {
    root,
    path: (name) => join(root(), name),
    write,
    host: opened,
    run: async (source, options = {}) => {
      count += 1
      const name = options.file ?? `scripts/m/16.0.1.0/pre-${count}.py`
      return runFile(opened(), await write(name, source), options)
    },
  }
}

/** Runs a file; operations that are there always: `tell`, `echo`, `dbname`, `server_version`. */
export async function runFile(
  host: ScriptHost,
  file: string,
  options: RunOptions = {},
): Promise<ScriptRun> {
  const logs: ScriptLog[] = []
  const asked: string[] = []
  const told: GuestValue[] = []
  const operations: GuestOperations = {
    tell: async (args) => {
      told.push(...args)
      return answer(null)
    },
    echo: async (args, keywords) => answer([new PyTuple(args), keywords]),
    dbname: async () => answer('test'),
    server_version: async () => answer(150000),
    ...options.operations,
  }
  const watched = Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (...given: Parameters<typeof operation>) => {
        asked.push(name)
        return operation(...given)
      },
    ]),
  )
  try {
    await host.run(
      {
        file,
        module: options.module ?? 'm',
        phase: options.phase ?? 'pre',
        directory: options.directory ?? '16.0.1.0',
        installedVersion: options.installedVersion ?? '15.0.1.0',
      },
      {
        session: options.session ?? (undefined as unknown as Session),
        operations: watched,
        log: (line) => logs.push(line),
        signal: options.signal ?? new AbortController().signal,
        limits: options.limits ?? {},
        ...(options.cancelStatement !== undefined && { cancelStatement: options.cancelStatement }),
      },
    )
    return { error: undefined, logs, asked, told }
  } catch (error) {
    return { error: error as MoultError, logs, asked, told }
  }
}

export function answer(value: GuestValue): GuestAnswer {
  return { kind: 'value', value }
}

/** `def migrate(cr, version):` around the lines. */
export function migrating(...lines: readonly string[]): string {
  return `import moultg\n\n\ndef migrate(cr, version):\n${lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `    ${line}`)
    .join('\n')}\n`
}
