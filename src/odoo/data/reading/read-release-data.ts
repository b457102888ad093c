import { availableParallelism } from 'node:os'
import type { Findings, Progress, Step } from '../../../base/index.js'
import { WorkerPool } from '../../../workers/index.js'
import type { AddonsTree } from '../../addons/index.js'
import type { DataFacts } from '../data-facts.js'
import type { DataFile } from '../data-file.js'
import { type DataKind, locateDataFiles } from '../locate-data-files.js'
import { DataReader } from './data-reader.js'
import type { DataAnswer, DataTask } from './data-task.js'

export interface ReadDataOptions {
  readonly tree: AddonsTree
  /** Modules to read, in the order in which they are wanted. */
  readonly modules: readonly string[]
  /** `data` by default. */
  readonly kind?: DataKind
  /** Folder for what was read (`MOULT_CACHE`); without it nothing is kept. */
  readonly cacheDirectory?: string
  /** Threads that read; by default as many as the machine has cores, 4 at most. 0 reads in this one. */
  readonly threads?: number
}

/** How much was read. */
export interface DataReadingFacts {
  readonly files: number
  readonly bytes: number
  readonly cachedBytes: number
}

export interface ReadData<T> {
  /** Module → its files in the order in which Odoo loads them. */
  readonly modules: ReadonlyMap<string, readonly T[]>
  readonly facts: DataReadingFacts
}

const MOST_THREADS = 4
/** Modules whose files are looked for ahead of their reading. */
const AHEAD = 32

/**
 * Reads all that the data files of modules say, in parallel. What is wrong with a file is a finding, never an
 * error. Errors: WORKER_FAILED.
 */
export async function readReleaseData(
  options: ReadDataOptions,
  progress: Progress,
  findings: Findings,
): Promise<ReadData<DataFile>> {
  return readAll(options, 'full', ({ full }) => full, { progress, findings })
}

/** Reads which records the data files of modules name. Errors and findings: as {@link readReleaseData}. */
export async function readReleaseDataFacts(
  options: ReadDataOptions,
  progress: Progress,
  findings: Findings,
): Promise<ReadData<DataFacts>> {
  return readAll(options, 'facts', ({ facts }) => facts, { progress, findings })
}

interface Telling {
  readonly progress: Progress
  readonly findings: Findings
}

async function readAll<T extends Pick<DataFile, 'findings'>>(
  options: ReadDataOptions,
  view: DataTask['view'],
  filesOf: (answer: DataAnswer) => readonly T[],
  { progress, findings }: Telling,
): Promise<ReadData<T>> {
  const { tree, modules, cacheDirectory } = options
  const size = options.threads ?? Math.min(MOST_THREADS, availableParallelism())
  const reader = openReader(size, cacheDirectory)
  const read = new Map<string, readonly T[]>()
  const facts = { files: 0, bytes: 0, cachedBytes: 0 }
  const name = `Reading data of Odoo ${tree.release.series}`
  const work = async (step: Step): Promise<void> => {
    const tasks = new Tasks(options, view, findings)
    const running = new Set<Promise<void>>()
    for (const module of modules) {
      const run = (async () => {
        const task = await tasks.make(module)
        const answer = task && (await reader.run(task))
        if (answer !== undefined) {
          read.set(module, filesOf(answer))
          facts.files += filesOf(answer).length
          facts.bytes += answer.bytes
          facts.cachedBytes += answer.cached
        }
        step.advance(1, module)
      })()
      running.add(run)
      const done = (): void => void running.delete(run)
      run.then(done, done)
      if (running.size >= AHEAD) await Promise.race(running)
    }
    await Promise.all(running)
  }
  try {
    await progress.step(name, { unit: 'modules', total: modules.length }, work)
  } finally {
    await reader.close()
  }
  const ordered = modules.map((module) => [module, read.get(module) ?? []] as const)
  for (const [, files] of ordered) {
    for (const file of files) for (const finding of file.findings) findings.add(finding)
  }
  return { modules: new Map(ordered), facts }
}

interface Reader {
  run(task: DataTask): Promise<DataAnswer>
  close(): Promise<void>
}

function openReader(threads: number, cacheDirectory: string | undefined): Reader {
  if (threads > 0) {
    const program = new URL(import.meta.resolve('#data-worker'))
    return new WorkerPool<DataTask, DataAnswer>(program, {
      size: threads,
      data: { cacheDirectory },
    })
  }
  const reader = new DataReader(cacheDirectory)
  return { run: async (task) => reader.answer(task), close: async () => {} }
}

/** Finds the files of modules. */
class Tasks {
  readonly #options: ReadDataOptions
  readonly #view: DataTask['view']
  readonly #findings: Findings

  constructor(options: ReadDataOptions, view: DataTask['view'], findings: Findings) {
    this.#options = options
    this.#view = view
    this.#findings = findings
  }

  async make(module: string): Promise<DataTask | undefined> {
    const { tree, kind } = this.#options
    const manifest = tree.modules.get(module)?.manifest
    if (manifest === undefined) return undefined
    const located = await locateDataFiles(tree, manifest, kind)
    for (const { finding } of located) if (finding !== undefined) this.#findings.add(finding)
    const files = located.flatMap(({ path, file, noupdate }) =>
      file === undefined ? [] : [{ path, file, noupdate }],
    )
    return { module, files, major: tree.release.major, view: this.#view }
  }
}
