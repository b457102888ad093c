import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../test/support/temporary-folder.js'
import { isProcessAlive, processStart } from '../base/index.js'
import { type LockFileResult, takeLockFile } from './lock-file.js'

const MINUTE_AGO = Date.now() / 1000 - 60

describe('lock files', () => {
  let folder: TemporaryFolder
  let path: string
  let turn = 0
  /** The number of a process that has ended. */
  const { pid: gone } = spawnSync(process.execPath, ['--version'])
  const holderFile = (holder: object): Promise<void> =>
    writeFile(
      path,
      JSON.stringify({ since: 'yesterday', operation: 'old', host: hostname(), ...holder }),
    )

  beforeAll(async () => {
    folder = await temporaryFolder()
  })
  afterAll(() => folder.remove())
  beforeEach(() => {
    turn += 1
    path = join(folder.path, `${turn}.lock`)
  })

  const release = async (result: LockFileResult): Promise<void> => {
    if (result.kind === 'taken') await result.release()
  }

  it('keep others out, naming the holder, until they are released', async () => {
    const first = await takeLockFile(path, 'restore')
    expect(first.kind).toBe('taken')
    expect(await takeLockFile(path, 'drop')).toMatchObject({
      kind: 'refused',
      holder: { pid: process.pid, host: hostname(), operation: 'restore' },
    })
    await release(first)
    expect(existsSync(path)).toBe(false)
    expect((await takeLockFile(path, 'drop')).kind).toBe('taken')
  })

  it('of processes that have ended are taken over', async () => {
    await holderFile({ pid: gone })
    expect((await takeLockFile(path, 'next')).kind).toBe('taken')
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ operation: 'next' })
  })

  it.runIf(process.platform === 'linux')(
    'of an earlier process with the same number are taken over',
    async () => {
      await holderFile({ pid: process.pid, start: '1' })
      expect((await takeLockFile(path, 'next')).kind).toBe('taken')
    },
  )

  it('of other machines are left alone', async () => {
    await holderFile({ pid: gone, host: 'elsewhere' })
    expect(await takeLockFile(path, 'next')).toMatchObject({
      kind: 'refused',
      holder: { host: 'elsewhere' },
    })
  })

  it('that were never written are taken over when they are old, not when they are new', async () => {
    await writeFile(path, '')
    expect(await takeLockFile(path, 'next')).toMatchObject({ kind: 'refused', holder: undefined })
    await utimes(path, MINUTE_AGO, MINUTE_AGO)
    expect((await takeLockFile(path, 'next')).kind).toBe('taken')
  })

  it('left by a killed process go to one of many that want them', async () => {
    for (let round = 0; round < 20; round += 1) {
      await holderFile({ pid: gone })
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, n) => takeLockFile(path, `wanted by ${n}`)),
      )
      expect(results.filter(({ kind }) => kind === 'taken').length).toBe(1)
      for (const result of results) await release(result)
    }
  })

  it('can be taken over after a process was killed while taking over', async () => {
    await holderFile({ pid: gone })
    await writeFile(`${path}.takeover`, '')
    await utimes(`${path}.takeover`, MINUTE_AGO, MINUTE_AGO)
    expect((await takeLockFile(path, 'next')).kind).toBe('taken')
  })
})

describe('processes', () => {
  it('are told alive from ended, and from later ones with the same number', () => {
    const { pid } = process
    expect(isProcessAlive(pid, processStart(pid))).toBe(true)
    expect(isProcessAlive(pid, process.platform === 'linux' ? '1' : undefined)).toBe(
      process.platform !== 'linux',
    )
    expect(isProcessAlive(spawnSync(process.execPath, ['--version']).pid)).toBe(false)
  })
})
