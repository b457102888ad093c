import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { inParallel, type Progress } from '../../../base/index.js'
import { WorkerPool } from '../../../workers/index.js'
import { FileReader, type ModuleFiles, type ReadingTask } from './file-reader.js'
import { filesOf, splitAddon } from './import-path.js'

/** How modules are read. */
export interface ReadModulesOptions {
  /** Folder of every module that imports may lead to, by name. */
  readonly folders: ReadonlyMap<string, string>
  /** The modules that are asked for. */
  readonly modules: readonly string[]
  readonly cacheDirectory?: string
  /** Threads; 0 reads in this one. */
  readonly threads: number
  readonly progress: Progress
}

type Read = (task: ReadingTask) => Promise<ModuleFiles>

const AHEAD = 2

/**
 * Reads the Python files of modules, and of those that they import. A module that takes part only so is
 * read as far as the imports go.
 *
 * Errors: CANCELLED, WORKER_FAILED.
 */
export async function readModules(
  options: ReadModulesOptions,
): Promise<ReadonlyMap<string, ModuleFiles>> {
  const { cacheDirectory, threads } = options
  if (threads === 0) {
    const reader = await FileReader.start(cacheDirectory)
    return collect(options, 1, async (task) => reader.readModule(task))
  }
  const data = cacheDirectory === undefined ? {} : { cache: cacheDirectory }
  await using pool = new WorkerPool<ReadingTask, ModuleFiles>(
    new URL(import.meta.resolve('#python-source-worker')),
    { size: threads, data },
  )
  return await collect(options, threads * AHEAD, (task) => pool.run(task))
}

async function collect(
  { modules, folders, progress }: ReadModulesOptions,
  parallel: number,
  read: Read,
): Promise<ReadonlyMap<string, ModuleFiles>> {
  const found = new Map<string, ModuleFiles>()
  await progress.step(
    'Reading Python',
    { unit: 'modules', total: modules.length },
    async (step) => {
      let tasks = tasksFor(modules, folders)
      while (tasks.length > 0) {
        await inParallel(
          tasks,
          async (task) => {
            found.set(task.addon, await read(task))
            step.advance(1, task.addon)
          },
          parallel,
        )
        tasks = missingTasks(found, folders)
      }
    },
  )
  return found
}

function tasksFor(
  modules: readonly string[],
  folders: ReadonlyMap<string, string>,
): readonly ReadingTask[] {
  return modules.flatMap((addon) => {
    const folder = folders.get(addon)
    return folder === undefined ? [] : [{ addon, folder, entries: [] }]
  })
}

/** What is imported from other modules, is a file there, and was not reached yet. */
function missingTasks(
  found: ReadonlyMap<string, ModuleFiles>,
  folders: ReadonlyMap<string, string>,
): readonly ReadingTask[] {
  const wanted = new Map<string, Map<string, readonly string[]>>()
  const reached = new Map(
    [...found].map(([addon, { files }]) => [addon, new Set(files.map(([path]) => path))]),
  )
  for (const { others } of found.values()) {
    for (const dotted of others) {
      const { addon = '', path = [] } = splitAddon(dotted) ?? {}
      if (!folders.has(addon)) continue
      const paths = wanted.get(addon) ?? new Map<string, readonly string[]>()
      paths.set(path.join('/'), path)
      wanted.set(addon, paths)
    }
  }
  return [...wanted].flatMap(([addon, paths]) => {
    const folder = folders.get(addon)
    const known = reached.get(addon)
    if (folder === undefined) return []
    const isNew = [...paths.keys()].some((path) => {
      return !isReached(known ?? new Set(), path) && isFile(folder, path)
    })
    return isNew ? [{ addon, folder, entries: [...paths.values()] }] : []
  })
}

function isReached(known: ReadonlySet<string>, path: string): boolean {
  const inside = path === '' ? '' : `${path}/`
  return known.has(`${inside}__init__.py`) || known.has(`${path}.py`)
}

function isFile(folder: string, path: string): boolean {
  return filesOf(path === '' ? [] : path.split('/')).some((name) => existsSync(join(folder, name)))
}
