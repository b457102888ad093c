import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createExample } from '../../src/databases/example/index.js'
import {
  type BackupFormat,
  backupDatabase,
  createEmptyDatabase,
  type DatabaseHost,
  Progress,
  restoreDatabase,
  withBackupFile,
} from '../../src/index.js'
import { engines, type OpenedEngine, type TestEngine } from '../support/engines.js'
import { type Fingerprint, fingerprint } from '../support/fingerprint.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const REAL = resolve(import.meta.dirname, '../../../shared/data/odoo-15.0-demo.zip')
const FORMATS: readonly BackupFormat[] = ['zip', 'dump', 'sql', 'sql.gz']

const folder = await temporaryFolder()
afterAll(() => folder.remove())
const usable = (await engines()).filter(
  (engine) => engine.unavailable === undefined && engine.name !== 'embedded in memory',
)
const progress = new Progress()

interface Place {
  readonly engine: TestEngine
  readonly opened: OpenedEngine
  readonly host: DatabaseHost
}

const places = new Map<string, Place>()
beforeAll(async () => {
  for (const engine of usable) {
    const opened = await engine.open()
    const filestoreRoot = join(folder.path, `filestore-${places.size}`)
    places.set(engine.name, { engine, opened, host: { cluster: opened.cluster, filestoreRoot } })
  }
})
afterAll(async () => {
  for (const { opened } of places.values()) await opened.close()
})

function hostOf(engine: TestEngine): DatabaseHost {
  const place = places.get(engine.name)
  if (place === undefined) throw new Error(`${engine.name} was not opened`)
  return place.host
}

const look = (host: DatabaseHost, name: string): Promise<Fingerprint> =>
  host.cluster.withSession(name, fingerprint)

async function restore(host: DatabaseHost, file: string, name: string) {
  return withBackupFile(file, progress, (backup) =>
    restoreDatabase(host, backup, progress, { name, whereabouts: 'moved' }),
  )
}

async function backup(host: DatabaseHost, name: string, format: BackupFormat, dumper?: 'built-in') {
  const file = join(
    folder.path,
    `${name}-${host.cluster.kind}-${places.size}-${Math.random()}.${format}`,
  )
  await backupDatabase(host, name, progress, { file, format, ...(dumper && { dumper }) })
  return file
}

/** Servers of different versions word definitions differently; only their number can be compared. */
function comparable(found: Fingerprint, sameServer: boolean): unknown {
  if (sameServer) return found
  return { ...found, views: found.views.length }
}

describe.each(usable)('a database of the example on $name', (engine) => {
  beforeAll(async () => {
    const host = hostOf(engine)
    await createEmptyDatabase(host, 'example')
    await host.cluster.withSession('example', (session) =>
      createExample(session, join(host.filestoreRoot, 'example')),
    )
  })

  test.each(FORMATS)('comes back whole from a backup in format %s', async (format) => {
    const host = hostOf(engine)
    const file = await backup(host, 'example', format)
    const name = `back_${format.replace('.', '_')}`
    const report = await restore(host, file, name)
    expect(await look(host, name)).toEqual(await look(host, 'example'))
    expect(report.filestore?.missing.length).toBe(format === 'zip' ? 0 : 24)
  })

  test("comes back whole from moult's own dumper", async () => {
    const host = hostOf(engine)
    const file = await backup(host, 'example', 'dump', 'built-in')
    await restore(host, file, 'built_in')
    expect(await look(host, 'built_in')).toEqual(await look(host, 'example'))
  })

  test.each(usable.filter((other) => other !== engine))(
    'moves to $name and is the same',
    async (other) => {
      const [from, to] = [hostOf(engine), hostOf(other)]
      const file = await backup(from, 'example', 'zip')
      const name = `from_${usable.indexOf(engine)}`
      await restore(to, file, name)
      expect(comparable(await look(to, name), false)).toEqual(
        comparable(await look(from, 'example'), false),
      )
    },
  )
})

describe.each(usable)('a real database of Odoo 15 on $name', (engine) => {
  test('is the same after restore, backup and restore', async (context) => {
    if (!existsSync(REAL)) context.skip('the backup of Odoo 15 is not beside this checkout')
    const host = hostOf(engine)
    const first = await restore(host, REAL, 'real')
    expect(first).toMatchObject({ modules: 72, tables: 533, findings: [] })
    expect(first.filestore).toMatchObject({ files: 227, missing: [], orphans: [] })
    const before = await look(host, 'real')
    const second = await restore(host, await backup(host, 'real', 'zip'), 'real_again')
    expect(second.filestore).toEqual(first.filestore)
    expect(await look(host, 'real_again')).toEqual(before)
    expect(Object.keys(before.rows).length).toBe(533)
    expect(before.constraints.filter((text) => text.includes('FOREIGN KEY')).length).toBe(2021)
    expect(before.views.length).toBe(13)
  })
})
