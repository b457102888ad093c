import { readFileSync } from 'node:fs'
import { type Finding, messageOf } from '../../../base/index.js'
import { ContentCache, contentKey } from '../../../cache/index.js'
import { type DataFacts, dataFacts } from '../data-facts.js'
import type { DataFile } from '../data-file.js'
import { readDataFile } from '../read-data-file.js'
import type { DataAnswer, DataTask, TaskFile } from './data-task.js'

/** Changes whenever the same file may read differently, or the form of the answers changes. */
const VERSION = 1

interface Content extends TaskFile {
  readonly content: Uint8Array
}

/** Reads the files of tasks and keeps what they say by their content. */
export class DataReader {
  readonly #facts: ContentCache
  readonly #full: ContentCache

  constructor(cacheDirectory: string | undefined) {
    this.#facts = new ContentCache(cacheDirectory, 'data-facts', VERSION)
    this.#full = new ContentCache(cacheDirectory, 'data-files', VERSION)
  }

  answer(task: DataTask): DataAnswer {
    const problems = new Map<TaskFile, Finding>()
    const contents = task.files.flatMap((file): readonly Content[] => {
      try {
        return [{ ...file, content: readFileSync(file.file) }]
      } catch (error) {
        problems.set(file, unreadable(file, error))
        return []
      }
    })
    const bytes = contents.reduce((sum, { content }) => sum + content.length, 0)
    if (task.view === 'full')
      return { facts: [], ...this.#readFull(task, contents, problems), bytes }
    return { full: [], ...this.#readFacts(task, contents, problems), bytes }
  }

  /** One entry for a module: it is read as a whole, and entries are many otherwise. */
  #readFacts(
    { module, major, files }: DataTask,
    contents: readonly Content[],
    problems: ReadonlyMap<TaskFile, Finding>,
  ): Pick<DataAnswer, 'facts' | 'cached'> {
    const parts = contents.map(({ path, noupdate, content }) => [
      path,
      noupdate,
      contentKey(content),
    ])
    const key = contentKey(Buffer.from(JSON.stringify([module, major, parts])))
    const known = this.#facts.read(key)
    const unread = [...problems].map(([{ path, file }, finding]) => factsOf(path, file, finding))
    if (known !== undefined) {
      const facts = JSON.parse(known) as readonly DataFacts[]
      const placed = facts.map((fact, index) => placeIn(fact, contents[index]?.file ?? fact.file))
      return { facts: inOrder(files, [...placed, ...unread]), cached: sizeOf(contents) }
    }
    const facts = contents.map((source) =>
      dataFacts(readDataFile({ ...source, major }), module, source.noupdate),
    )
    this.#facts.write(key, JSON.stringify(facts))
    return { facts: inOrder(files, [...facts, ...unread]), cached: 0 }
  }

  #readFull(
    { major, files }: DataTask,
    contents: readonly Content[],
    problems: ReadonlyMap<TaskFile, Finding>,
  ): Pick<DataAnswer, 'full' | 'cached'> {
    let cached = 0
    const read = contents.map((source): DataFile => {
      const { path, file, content } = source
      const key = contentKey(Buffer.from(JSON.stringify([major, path, contentKey(content)])))
      const known = this.#full.read(key)
      if (known !== undefined) {
        cached += content.length
        return placeIn(JSON.parse(known) as DataFile, file)
      }
      const data = readDataFile({ path, file, content, major })
      this.#full.write(key, JSON.stringify(data))
      return data
    })
    const unread = [...problems].map(
      ([{ path, file }, finding]): DataFile => ({
        kind: 'unread',
        path,
        file,
        findings: [finding],
      }),
    )
    return { full: inOrder(files, [...read, ...unread]), cached }
  }
}

function unreadable({ path, file }: TaskFile, error: unknown): Finding {
  return {
    code: 'DATA_FILE_UNREADABLE',
    severity: 'error',
    message: `${path} cannot be read: ${messageOf(error)}`,
    place: { file },
    hint: 'Check the rights of the file.',
  }
}

function factsOf(path: string, file: string, finding: Finding): DataFacts {
  return { path, file, findings: [finding], named: [], deleted: [] }
}

/** An entry of the cache tells the file that it was made from; the same content may lie elsewhere now. */
function placeIn<T extends { readonly file: string; readonly findings: readonly Finding[] }>(
  entry: T,
  file: string,
): T {
  if (entry.file === file) return entry
  const findings = entry.findings.map((finding) =>
    finding.place === undefined ? finding : { ...finding, place: { ...finding.place, file } },
  )
  return { ...entry, file, findings }
}

/** The same file may be named twice; it is loaded twice. */
function inOrder<T extends { readonly path: string }>(
  files: readonly TaskFile[],
  read: readonly T[],
): readonly T[] {
  const byPath = new Map(read.map((item) => [item.path, item]))
  return files.flatMap(({ path }) => byPath.get(path) ?? [])
}

function sizeOf(contents: readonly Content[]): number {
  return contents.reduce((sum, { content }) => sum + content.length, 0)
}
