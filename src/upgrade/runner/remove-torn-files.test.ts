import { createHash } from 'node:crypto'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.js'
import { removeTornFiles } from './remove-torn-files.js'

const STARTED = new Date('2026-01-01T10:00:00Z')
const BEFORE = new Date('2026-01-01T09:00:00Z')
const DURING = new Date('2026-01-01T10:30:00Z')

async function filestore(
  files: Readonly<Record<string, { readonly text: string; readonly at: Date }>>,
): Promise<string> {
  const folder = await temporaryFolder()
  onTestFinished(() => folder.remove())
  for (const [name, { text, at }] of Object.entries(files)) {
    const file = join(folder.path, name)
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, text)
    await utimes(file, at, at)
  }
  return folder.path
}

function nameOf(text: string): string {
  const hash = createHash('sha1').update(text).digest('hex')
  return `${hash.slice(0, 2)}/${hash}`
}

test('contents that were not written to their end go, all others stay', async () => {
  const files = {
    [nameOf('whole')]: { text: 'whole', at: DURING },
    [nameOf('half of it')]: { text: 'half', at: DURING },
    [nameOf('not begun')]: { text: '', at: DURING },
    // What was broken before the run is not the run's to mend.
    [nameOf('old')]: { text: 'damaged long ago', at: BEFORE },
    [`checklist/${nameOf('half of it')}`]: { text: '', at: DURING },
    'notes.txt': { text: 'mine', at: DURING },
  }
  const folder = await filestore(files)
  const torn = await removeTornFiles(folder, STARTED)
  expect([...torn].sort()).toEqual([nameOf('half of it'), nameOf('not begun')].sort())
  const left = await readdir(folder, { recursive: true, withFileTypes: true })
  expect(left.filter((entry) => entry.isFile())).toHaveLength(4)
  expect(await removeTornFiles(folder, STARTED)).toEqual([])
})

test('a database without a filestore has none', async () => {
  const folder = await filestore({})
  expect(await removeTornFiles(join(folder, 'none'), STARTED)).toEqual([])
})
