import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { resolveConnection } from './connection.js'
import { readEnvironment } from './environment.js'

const folder = await mkdtemp(join(tmpdir(), 'moult-config-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const environment = readEnvironment({ MOULT_HOME: '/home/moult', MOULT_CACHE: '/cache' })
const conf = join(folder, 'odoo.conf')
await writeFile(
  conf,
  '[options]\ndb_host = db.example\ndb_port = 5433\ndb_user = odoo\ndb_password = False\ndata_dir = /srv/odoo\naddons_path = /a, /b\n',
)

describe('where databases are', () => {
  test("is moult's own home when nothing is said", async () => {
    expect(await resolveConnection({}, environment)).toMatchObject({
      server: undefined,
      engine: 'auto',
      filestoreRoot: '/home/moult/filestore',
    })
  })

  test('comes from odoo.conf, and options go before it', async () => {
    expect(await resolveConnection({ config: conf }, environment)).toMatchObject({
      server: { host: 'db.example', port: 5433, user: 'odoo' },
      filestoreRoot: '/srv/odoo/filestore',
      addonsPath: ['/a', '/b'],
    })
    const { server } = await resolveConnection({ config: conf, dbHost: 'other' }, environment)
    expect(server).toEqual({ host: 'other', port: 5433, user: 'odoo' })
  })

  test("comes from libpq's variables", async () => {
    const given = readEnvironment({ PGHOST: '/run/pg', PGPORT: '5444', PGUSER: 'me' })
    expect((await resolveConnection({}, given)).server).toEqual({
      host: '/run/pg',
      port: 5444,
      user: 'me',
    })
    expect((await resolveConnection({ engine: 'embedded' }, given)).server).toBeUndefined()
  })

  test('comes from a URL, which names the database too', async () => {
    const url = 'postgresql://me:secret@db.example:5433/acme'
    expect(await resolveConnection({ url }, environment)).toMatchObject({
      server: { host: 'db.example', port: 5433, user: 'me', password: 'secret' },
      database: 'acme',
    })
  })

  test.each([
    [{ engine: 'oracle' }, 'UNKNOWN_ENGINE'],
    [{ dbPort: '99999' }, 'INVALID_PORT'],
    [{ url: 'postgresql://db/acme', engine: 'embedded' }, 'CONFLICTING_OPTIONS'],
    [{ config: join(folder, 'absent.conf') }, 'CONFIG_UNREADABLE'],
  ])('%j is refused', async (given, code) => {
    await expect(resolveConnection(given, environment)).rejects.toMatchObject({ code })
  })
})
