import { open } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CancelledError, InternalError, Progress } from '../../../base/index.js'
import type { DumpEntry } from '../dump-entry.js'
import { fileSink } from './archive-sink.js'
import { archiveFiles } from './fixtures/archive-files.js'
import { restoredSql } from './fixtures/restored-sql.js'
import { rowsOf, smallDump } from './fixtures/small-dump.js'
import { readArchiveInfo } from './read-archive-info.js'
import { readCustomArchive } from './read-custom-archive.js'
import { type WriteArchiveOptions, writeCustomArchive } from './write-custom-archive.js'

const store = archiveFiles()
const ORIGIN = { database: 'mine', serverVersion: '15.18' }

async function write(entries: readonly DumpEntry[], options?: WriteArchiveOptions) {
  const path = store(Buffer.alloc(0))
  const file = await open(path, 'w')
  try {
    return { path, ...(await writeCustomArchive(fileSink(file), entries, ORIGIN, options)) }
  } finally {
    await file.close()
  }
}

/** A writer that cannot go back, as a download is. */
async function writeToPipe(entries: readonly DumpEntry[]): Promise<string> {
  const chunks: Uint8Array[] = []
  await writeCustomArchive({ write: async (data) => void chunks.push(data) }, entries, ORIGIN)
  return store(Buffer.concat(chunks))
}

test('what is written is read again', async () => {
  const { path, size, tables } = await write(smallDump(), {
    createdAt: new Date(2026, 10, 20, 9, 8, 7),
  })
  const info = await readArchiveInfo(path)
  expect({ size, tables }).toEqual({ size: info.size, tables: 2 })
  expect(info).toMatchObject({
    formatVersion: '1.14',
    compression: 'gzip',
    createdAt: '2026-11-20T09:08:07',
    database: 'mine',
    serverVersion: '15.18',
    encoding: 'UTF8',
  })
  expect(info.entries.slice(0, 3).map(({ id, description }) => ({ id, description }))).toEqual([
    { id: 13, description: 'ENCODING' },
    { id: 14, description: 'STDSTRINGS' },
    { id: 15, description: 'SEARCHPATH' },
  ])
  expect(info.entries.slice(3)).toMatchObject(
    smallDump().map(({ rows, ...entry }) => ({
      ...entry,
      data: { kind: rows === undefined ? 'none' : 'placed' },
      copyStatement: rows?.copyStatement ?? '',
    })),
  )
  const sql = await restoredSql(readCustomArchive(path))
  expect(sql).toContain('1\ttab\\there\n2\t\\N\n3\tü\n\\.')
  expect(sql).toContain('ALTER SEQUENCE public.company_id_seq OWNED BY public.company.id;')
})

test.each([0, 1, 6, 9, -1])('level %d gives the same rows', async (level) => {
  const { path } = await write(smallDump(), { level })
  expect((await readArchiveInfo(path)).compression).toBe(level === 0 ? 'none' : 'gzip')
  expect(await restoredSql(readCustomArchive(path))).toBe(
    await restoredSql(readCustomArchive((await write(smallDump())).path)),
  )
})

test('a sink that cannot go back gets an archive without places', async () => {
  const path = await writeToPipe(smallDump())
  const { entries } = await readArchiveInfo(path)
  expect(entries.filter(({ data }) => data.kind === 'unplaced')).toHaveLength(2)
  const { path: placed } = await write(smallDump())
  expect(await restoredSql(readCustomArchive(path))).toBe(
    await restoredSql(readCustomArchive(placed)),
  )
})

test('any entries and rows survive', async () => {
  const text = fc
    .string({ maxLength: 30, unit: 'binary' })
    .map((value) => value.replaceAll('\0', ''))
  const line = text.map((value) => `${value.replace(/[\\\n\r]/g, '')}\n`)
  const table = fc.record({
    section: fc.constant('data' as const),
    description: fc.constant('TABLE DATA'),
    namespace: fc.option(
      text.filter((name) => name !== ''),
      { nil: undefined },
    ),
    tag: text,
    dependencies: fc.array(fc.nat()),
    lines: fc.array(fc.array(line), { maxLength: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(table, { maxLength: 5 }),
      fc.constantFrom(0, 1, 6),
      async (tables, level) => {
        const entries = tables.map(({ lines, ...table }, index) => ({
          ...table,
          id: index + 1,
          definition: '',
          rows: rowsOf(`COPY t${index} FROM stdin;\n`, ...lines.map((chunk) => chunk.join(''))),
        }))
        const { path } = await write(entries, { level })
        const { entries: found } = await readArchiveInfo(path)
        expect(found.slice(3)).toMatchObject(entries.map(({ rows: _, ...entry }) => entry))
        const rows: string[] = []
        for await (const item of readCustomArchive(path)) {
          if (item.kind !== 'copy') continue
          const chunks: Uint8Array[] = []
          for await (const chunk of item.data) chunks.push(chunk)
          rows.push(Buffer.concat(chunks).toString())
        }
        expect(rows).toEqual(tables.map(({ lines }) => lines.flat().join('')))
      },
    ),
    { numRuns: 60 },
  )
})

test('a large table passes through in constant memory', { timeout: 60_000 }, async () => {
  const chunk = Buffer.from(
    Array.from({ length: 2000 }, (_, id) => `${id}\tname of ${id}\n`).join(''),
  )
  const count = Math.ceil(150_000_000 / chunk.length)
  let peak = 0
  const rows = {
    copyStatement: 'COPY t FROM stdin;\n',
    async *read() {
      for (let index = 0; index < count; index++) {
        yield chunk
        peak = Math.max(peak, process.memoryUsage().arrayBuffers)
      }
    },
  }
  const entry = {
    id: 1,
    section: 'data',
    description: 'TABLE DATA',
    namespace: 'public',
    tag: 't',
  } as const
  const before = process.memoryUsage().arrayBuffers
  const { path } = await write([{ ...entry, definition: '', dependencies: [], rows }])
  let bytes = 0
  for await (const item of readCustomArchive(path)) {
    if (item.kind !== 'copy') continue
    for await (const piece of item.data) {
      bytes += piece.length
      peak = Math.max(peak, process.memoryUsage().arrayBuffers)
    }
  }
  expect(bytes).toBe(count * chunk.length)
  expect(peak - before).toBeLessThan(60_000_000)
})

test('stops when it is cancelled', async () => {
  const stop = new AbortController()
  const rows = {
    copyStatement: 'COPY t FROM stdin;\n',
    async *read() {
      for (;;) {
        yield Buffer.alloc(100_000, 'x\n')
        stop.abort()
      }
    },
  }
  const entry = {
    id: 1,
    section: 'data',
    description: 'TABLE DATA',
    namespace: 'public',
    tag: 't',
  } as const
  const progress = new Progress(stop.signal)
  const written = write([{ ...entry, definition: '', dependencies: [], rows }], { progress })
  await expect(written).rejects.toBeInstanceOf(CancelledError)
})

test('what the rows throw is thrown', async () => {
  const rows = {
    copyStatement: 'COPY t FROM stdin;\n',
    // biome-ignore lint/correctness/useYield: it fails before it has any rows
    async *read() {
      throw new Error('connection lost')
    },
  }
  const entry = {
    id: 1,
    section: 'data',
    description: 'TABLE DATA',
    namespace: 'public',
    tag: 't',
  } as const
  const written = write([{ ...entry, definition: '', dependencies: [], rows }])
  await expect(written).rejects.toThrow('connection lost')
})

test.each([
  { name: 'a number twice', ids: [1, 1], sections: ['pre-data', 'pre-data'] as const },
  { name: 'sections out of order', ids: [1, 2], sections: ['data', 'pre-data'] as const },
  { name: 'a number below 1', ids: [0], sections: ['data'] as const },
])('$name is a defect of the caller', async ({ ids, sections }) => {
  const entries = ids.map(
    (id, index): DumpEntry => ({
      id,
      section: sections[index] ?? 'data',
      description: 'TABLE',
      namespace: 'public',
      tag: 't',
      definition: '',
      dependencies: [],
    }),
  )
  await expect(write(entries)).rejects.toBeInstanceOf(InternalError)
})
