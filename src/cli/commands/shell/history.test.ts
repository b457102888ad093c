import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary-folder.js'
import { HISTORY_LINES, readHistory, writeHistory } from './history.js'

test('lines come back, the latest first, and only their owner can read them', async () => {
  const folder = await temporaryFolder()
  try {
    const file = join(folder.path, 'home', 'shell_history')
    expect(await readHistory(file)).toEqual([])
    await writeHistory(file, ['c', 'b', 'a'])
    expect(await readHistory(file)).toEqual(['c', 'b', 'a'])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const many = Array.from({ length: HISTORY_LINES + 5 }, (_, at) => `line ${at}`)
    await writeHistory(file, many)
    expect(await readHistory(file)).toEqual(many.slice(0, HISTORY_LINES))
  } finally {
    await folder.remove()
  }
})
