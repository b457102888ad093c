import { expect, test } from 'vitest'
import { manifestText, parseManifest, releaseOf } from './manifest.js'

const facts = {
  release: { series: '15.0', major: 15, minor: 0 },
  modules: { base: '15.0.1.3', sale: '15.0.1.2' },
  neutralized: false,
  uuid: undefined,
  upgrade: undefined,
}

test("a manifest has Odoo's form: indented by four, the server's minor always 0", () => {
  const text = manifestText('acme', facts, 150_018)
  expect(text.startsWith('{\n    "odoo_dump": "1",\n    "db_name": "acme",')).toBe(true)
  expect(JSON.parse(text)).toEqual({
    odoo_dump: '1',
    db_name: 'acme',
    version: '15.0',
    version_info: [15, 0, 0, 'final', 0, ''],
    major_version: '15.0',
    pg_version: '15.0',
    modules: { base: '15.0.1.3', sale: '15.0.1.2' },
  })
})

test('manifests of other tools may leave things out', async () => {
  expect(releaseOf(await parseManifest('{"version": "16.0+e-20240621"}', 'x.zip'))?.series).toBe(
    '16.0',
  )
  expect(releaseOf(await parseManifest('{}', 'x.zip'))).toBeUndefined()
})

test.each(['', '[]', '{"modules": {"base": 1}}', '{"version": 16}'])(
  '%j is refused',
  async (text) => {
    await expect(parseManifest(text, 'x.zip')).rejects.toMatchObject({ code: 'MANIFEST_INVALID' })
  },
)
