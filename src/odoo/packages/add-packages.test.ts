import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../../test/support/temporary-folder.js'
import { writeZip } from '../../archive/index.js'
import { Progress } from '../../base/index.js'
import { addPackages } from './add-packages.js'
import { findPackages } from './find-packages.js'
import { type PackagePin, packagePins } from './package-pins.js'

const RELEASE = { series: '16.0', major: 16, minor: 0 }

interface Offer {
  readonly file: string
  readonly bytes: Uint8Array
  /** What the index says; the truth when it is not given, nothing when null. */
  readonly sha256?: string | null
}

let folder: TemporaryFolder
let server: Server
let index: string
let asJson: boolean
let offers: Readonly<Record<string, readonly Offer[]>>
let asked: string[]

beforeEach(async () => {
  folder = await temporaryFolder()
  asJson = false
  offers = {}
  asked = []
  server = createServer(({ url = '' }, response) => {
    asked.push(url)
    const [, kind, name = ''] = /^\/(simple|files)\/([^/]+)/.exec(url) ?? []
    const offered = kind === 'simple' ? offers[name] : undefined
    const file = Object.values(offers)
      .flat()
      .find((offer) => kind === 'files' && encodeURIComponent(offer.file) === name)
    if (file !== undefined) {
      response.end(file.bytes)
    } else if (offered === undefined) {
      response.writeHead(kind === 'broken' || url.includes('broken') ? 500 : 404).end()
    } else if (asJson) {
      const files = offered.map((offer) => ({
        filename: offer.file,
        url: `/files/${encodeURIComponent(offer.file)}`,
        hashes: { sha256: claimed(offer) ?? undefined },
      }))
      response.setHeader('content-type', 'application/vnd.pypi.simple.v1+json')
      response.end(JSON.stringify({ meta: { 'api-version': '1.0' }, name, files }))
    } else {
      const lines = offered.map((offer) => {
        const hash = claimed(offer)
        const fragment = hash === null ? '' : `#sha256=${hash}`
        return `<a data-x="1" href="../../files/${encodeURIComponent(offer.file)}${fragment}">${offer.file}</a>`
      })
      response.setHeader('content-type', 'text/html')
      response.end(`<!DOCTYPE html><html><body>${lines.join('<br/>')}</body></html>`)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`
})
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve))
  await folder.remove()
})

function claimed({ bytes, sha256 }: Offer): string | null {
  return sha256 === undefined ? hashOf(bytes) : sha256
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function wheel(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const path = join(folder.path, `made-${Math.random()}.whl`)
  await writeZip(path, async (zip) => {
    for (const [name, text] of Object.entries(files)) await zip.addBuffer(name, Buffer.from(text))
  })
  return readFile(path)
}

const add = (pins: readonly PackagePin[], more: object = {}) =>
  addPackages({ release: RELEASE, index, pins, ...more }, { cache: folder.path }, new Progress())

async function decorator(version = '5.0'): Promise<Offer> {
  const bytes = await wheel({
    'decorator.py': `__version__ = '${version}'\n`,
    [`decorator-${version}.dist-info/METADATA`]: 'Name: decorator\n',
  })
  return { file: `decorator-${version}-py3-none-any.whl`, bytes }
}

describe('packages fetched from an index', () => {
  it.each([
    { name: 'HTML', json: false },
    { name: 'JSON', json: true },
  ])('are unpacked into the cache, recorded and found again ($name)', async ({ json }) => {
    asJson = json
    const offer = await decorator()
    offers = { decorator: [await decorator('4.0'), offer] }
    const pins = [{ name: 'decorator', version: '5.0', sha256: hashOf(offer.bytes) }]
    const added = await add(pins)
    expect(added.packages).toEqual([{ ...pins[0], file: offer.file, sha256: hashOf(offer.bytes) }])
    expect((await readdir(added.folder)).sort()).toEqual([
      'decorator-5.0.dist-info',
      'decorator.py',
    ])
    const found = await findPackages({
      release: RELEASE,
      environment: { cache: folder.path, variables: {} },
    })
    expect(found.packages.find(({ name }) => name === 'decorator')).toMatchObject({ kind: 'pure' })
    const before = asked.length
    await add(pins)
    expect(asked.length).toBe(before)
  })

  it('leave machine code out, of a wheel for a platform that is named', async () => {
    const bytes = await wheel({
      'markupsafe/__init__.py': '',
      'markupsafe/_native.py': '',
      'markupsafe/_speedups.cpython-311-x86_64-linux-gnu.so': 'ELF',
      'MarkupSafe-2.1.5.data/scripts/run': '#!python',
      'MarkupSafe-2.1.5.data/purelib/markupsafe/more.py': '',
    })
    const file = 'MarkupSafe-2.1.5-cp311-cp311-manylinux2014_x86_64.whl'
    offers = { markupsafe: [{ file, bytes }] }
    const { folder: site } = await add([
      { name: 'markupsafe', version: '2.1.5', file, sha256: hashOf(bytes) },
    ])
    expect((await readdir(join(site, 'markupsafe'))).sort()).toEqual([
      '__init__.py',
      '_native.py',
      'more.py',
    ])
    expect(await readdir(site)).toEqual(['markupsafe'])
  })

  it('without a hash of ours are believed once, and held to from then on', async () => {
    const first = await decorator()
    offers = { decorator: [first] }
    const pins = [{ name: 'decorator', version: '5.0' }]
    await add(pins)
    const other = await wheel({ 'decorator.py': 'import os\n' })
    offers = { decorator: [{ file: first.file, bytes: other }] }
    await expect(add(pins, { overwrite: true })).rejects.toMatchObject({
      code: 'PACKAGE_HASH_MISMATCH',
    })
    expect((await add(pins)).packages[0]?.sha256).toBe(hashOf(first.bytes))
  })
})

describe('nothing is kept when', () => {
  const pins = [{ name: 'decorator', version: '5.0' }]

  it.each([
    {
      name: 'the bytes are not those that the index names',
      code: 'PACKAGE_HASH_MISMATCH',
      sha256: '0'.repeat(64),
    },
    { name: 'the index tells no hash', code: 'PACKAGE_NOT_FOUND', sha256: null },
  ])('$name', async ({ code, sha256 }) => {
    offers = { decorator: [{ ...(await decorator()), sha256 }] }
    await expect(add(pins)).rejects.toMatchObject({ code })
    await expect(stat(join(folder.path, 'python-packages', '16.0'))).rejects.toThrow('ENOENT')
    expect(await readdir(join(folder.path, 'python-packages'))).toEqual([])
  })

  it('the index offers another file than the pinned one', async () => {
    offers = { decorator: [await decorator()] }
    await expect(
      add([{ name: 'decorator', version: '5.0', sha256: 'a'.repeat(64) }]),
    ).rejects.toMatchObject({ code: 'PACKAGE_HASH_MISMATCH' })
  })

  it('the package, its version or the server is not there', async () => {
    await expect(add(pins)).rejects.toMatchObject({ code: 'PACKAGE_NOT_FOUND' })
    offers = { decorator: [await decorator('4.0')] }
    await expect(add(pins)).rejects.toMatchObject({ code: 'PACKAGE_NOT_FOUND' })
    await expect(add([{ name: 'broken', version: '1' }])).rejects.toMatchObject({
      code: 'PACKAGE_INDEX_FAILED',
      tier: 'outside',
    })
    await expect(add(pins, { index: 'http://127.0.0.1:1/simple/' })).rejects.toMatchObject({
      code: 'PACKAGE_INDEX_FAILED',
    })
    await expect(add(pins, { index: 'file:///etc/' })).rejects.toMatchObject({
      code: 'PACKAGE_INDEX_FAILED',
    })
  })

  it('the archive leads out of its folder', async () => {
    const made = Buffer.from(await wheel({ 'aa/aa/b.py': '' }))
    const bytes = Buffer.from(made.toString('latin1').replaceAll('aa/aa/b', '../../b'), 'latin1')
    offers = { decorator: [{ file: 'decorator-5.0-py3-none-any.whl', bytes }] }
    await expect(add(pins)).rejects.toMatchObject({ code: expect.stringContaining('ZIP_') })
    expect(await readdir(folder.path)).not.toContain('b.py')
  })
})

it('what is fetched for a release is pinned', () => {
  for (const major of [14, 15, 16, 17, 18]) {
    const pins = packagePins(major)
    expect(new Set(pins.map(({ name }) => name)).size).toBe(pins.length)
    for (const { sha256 = 'f'.repeat(64) } of pins) expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  }
})
