import { writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../base/index.js'
import { collect } from '../fixtures/byte-streams.js'
import { type CraftedEntry, craftZip } from '../fixtures/craft-zip.js'
import { useTempFolder } from '../fixtures/temp-folder.js'
import type { ZipLimits } from './inflation-limits.js'
import { verifyZip } from './verify-zip.js'
import { withZip } from './with-zip.js'
import type { ZipErrorCode } from './zip-error.js'

const folder = useTempFolder()

const HELLO: CraftedEntry = { name: 'hello.txt', content: 'hello, hello, hello', deflate: true }
const only = (crafted: CraftedEntry): Buffer => craftZip([crafted])

function withByte(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at < 0 ? bytes.length + at : at] = value
  return copy
}

/** The extra field of `a` holds the header of `b`; only `a`'s own header tells so. */
function quotedHeader(): Buffer {
  const header = craftZip([{ name: 'b', content: 'content' }]).subarray(0, 30 + 1)
  return craftZip([
    { name: 'a', localExtra: header },
    { name: 'b', content: 'content', offset: 30 + 1 },
  ])
}

interface BrokenArchive {
  readonly what: string
  readonly code: ZipErrorCode
  readonly bytes: Buffer
  readonly entry: string | undefined
  readonly limits: ZipLimits | undefined
}

function broken(
  what: string,
  code: ZipErrorCode,
  bytes: Buffer,
  details: { readonly entry?: string; readonly limits?: ZipLimits } = {},
): BrokenArchive {
  return { what, code, bytes, entry: details.entry, limits: details.limits }
}

const entry = 'hello.txt'
const SOUND = craftZip([HELLO, { name: 'folder/' }, { name: 'folder/stored', content: 'as it is' }])
const DIRECTORY_AT = SOUND.readUInt32LE(SOUND.length - 22 + 16)
const FAR_AWAY = withByte(SOUND, -3, 0x7f)
const COMMENTED = craftZip([HELLO], { comment: 'abc' })
const TWICE_THERE: CraftedEntry = { ...HELLO, name: 'again', offset: 0, data: Buffer.alloc(0) }
const ZEROS: CraftedEntry = { name: 'a', content: Buffer.alloc(9_000_000), deflate: true }
const NINE_LARGE = Array.from({ length: 9 }, (_, index) => ({
  ...HELLO,
  name: `${index}`,
  uncompressedSize: 99_000_000,
}))

const STRUCTURE: readonly BrokenArchive[] = [
  broken('an empty file', 'ZIP_NOT_AN_ARCHIVE', Buffer.alloc(0)),
  broken('a web page', 'ZIP_NOT_AN_ARCHIVE', Buffer.from('<html>413</html>')),
  broken('long noise', 'ZIP_NOT_AN_ARCHIVE', Buffer.alloc(200_000, 7)),
  broken('a lost beginning', 'ZIP_CORRUPT', SOUND.subarray(10)),
  broken('bytes behind the end', 'ZIP_CORRUPT', Buffer.concat([SOUND, Buffer.from('!')])),
  broken('a comment cut short', 'ZIP_CORRUPT', COMMENTED.subarray(0, -1)),
  broken('a broken directory', 'ZIP_CORRUPT', withByte(SOUND, DIRECTORY_AT, 0)),
  broken('a directory far away', 'ZIP_CORRUPT', FAR_AWAY),
  broken('too many entries', 'ZIP_CORRUPT', craftZip([HELLO, { name: 'b' }], { count: 1 })),
  broken('too few entries', 'ZIP_CORRUPT', craftZip([HELLO], { count: 2 })),
  broken('one volume of many', 'ZIP_CORRUPT', craftZip([HELLO], { disk: 3 })),
]

const NAMES: readonly BrokenArchive[] = [
  '',
  '/etc/passwd',
  'C:/Windows/system.ini',
  'c:relative',
  '..',
  '../outside',
  'filestore/../../outside',
  'filestore\\ab\\cd',
  './here',
  'a//b',
  'a/./b',
  'nul\0character',
  'escape\u001b[2J',
  'new\nline',
  'delete\u007f',
  'c1\u009b31m',
].map((name) =>
  broken(`the name ${JSON.stringify(name)}`, 'ZIP_UNSAFE_NAME', craftZip([HELLO, { name }])),
)

const ENTRIES: readonly BrokenArchive[] = [
  broken('two of one name', 'ZIP_DUPLICATE_ENTRY', craftZip([HELLO, HELLO]), { entry }),
  broken('a symbolic link', 'ZIP_SYMLINK', only({ ...HELLO, attributes: 0o120777 }), { entry }),
  broken('a device', 'ZIP_SYMLINK', only({ ...HELLO, attributes: 0o060644 }), { entry }),
  broken('encryption', 'ZIP_ENCRYPTED', only({ ...HELLO, flags: 1 }), { entry }),
  broken('strong encryption', 'ZIP_ENCRYPTED', only({ ...HELLO, flags: 0x41 })),
  broken('AES encryption', 'ZIP_ENCRYPTED', only({ ...HELLO, method: 99 }), { entry }),
  broken('Deflate64', 'ZIP_METHOD_UNSUPPORTED', only({ ...HELLO, method: 9 }), { entry }),
  broken('an unknown method', 'ZIP_METHOD_UNSUPPORTED', only({ ...HELLO, method: 77 }), { entry }),
  broken('stored with two sizes', 'ZIP_CORRUPT', only({ ...HELLO, method: 0 }), { entry }),
  broken('two entries in the same bytes', 'ZIP_OVERLAP', craftZip([HELLO, TWICE_THERE])),
  broken('a content in the directory', 'ZIP_OVERLAP', only({ ...HELLO, compressedSize: 99 })),
  broken('a header behind the directory', 'ZIP_OVERLAP', only({ ...HELLO, offset: 0xffff_fff0 })),
  broken('an entry in an extra field', 'ZIP_OVERLAP', quotedHeader()),
  broken('a huge ratio', 'ZIP_BOMB', only({ ...HELLO, uncompressedSize: 0xf000_0000 }), { entry }),
  broken('a huge ratio of all together', 'ZIP_BOMB', craftZip(NINE_LARGE)),
  broken('more than is allowed', 'ZIP_BOMB', only(HELLO), { limits: { maxTotalBytes: 18 } }),
]

const CONTENTS: readonly BrokenArchive[] = [
  broken('a wrong checksum', 'ZIP_CORRUPT', only({ ...HELLO, crc32: 1 }), { entry }),
  broken('a wrong checksum, stored', 'ZIP_CORRUPT', only({ name: 'a', content: 'b', crc32: 1 })),
  broken('too little', 'ZIP_CORRUPT', only({ ...HELLO, uncompressedSize: 20 }), { entry }),
  broken('one byte too much', 'ZIP_BOMB', only({ ...HELLO, uncompressedSize: 18 }), { entry }),
  broken('far too much', 'ZIP_BOMB', only({ ...ZEROS, uncompressedSize: 10 })),
  broken('far too much, streamed', 'ZIP_BOMB', only({ ...ZEROS, uncompressedSize: 300_000 })),
  broken('content cut short', 'ZIP_CORRUPT', only({ ...HELLO, compressedSize: 5 }), { entry }),
  broken('noise', 'ZIP_CORRUPT', only({ ...HELLO, data: Buffer.alloc(300, 0xff) }), { entry }),
  broken('long noise', 'ZIP_CORRUPT', only({ ...HELLO, data: Buffer.alloc(300_000, 0xff) })),
  broken('no header in its place', 'ZIP_CORRUPT', withByte(only(HELLO), 0, 0), { entry }),
]

async function refusalOf(bytes: Buffer, limits?: ZipLimits): Promise<unknown> {
  const path = folder.path('archive.zip')
  await writeFile(path, bytes)
  const readAll = async (): Promise<void> => {
    await withZip(
      path,
      async (zip) => {
        for (const entry of zip.entries.keys()) await collect(zip.read(entry))
      },
      limits,
    )
  }
  return await readAll().then(
    () => undefined,
    (error) => error,
  )
}

describe.each([
  ['structure', STRUCTURE],
  ['names', NAMES],
  ['entries', ENTRIES],
  ['contents', CONTENTS],
])('an archive is refused for its %s:', (_, archives) => {
  test.each(archives)('$what', async ({ bytes, code, entry: object, limits }) => {
    const error = await refusalOf(bytes, limits)
    expect(error).toBeInstanceOf(UserError)
    expect(error).toMatchObject({
      code,
      hint: expect.any(String),
      place: { file: folder.path('archive.zip'), ...(object !== undefined && { object }) },
    })
  })
})

test('an archive that is not broken is read', async () => {
  expect(await refusalOf(SOUND)).toBeUndefined()
})

test('names that differ only in case are two entries', async () => {
  const archive = craftZip([{ name: 'A' }, { name: 'a' }])
  expect(await refusalOf(archive)).toBeUndefined()
})

test('a high ratio below 100 MB is no bomb', async () => {
  expect(await refusalOf(only(ZEROS), { maxRatio: 2 })).toBeUndefined()
})

test('control characters of a name are spelled out in the message', async () => {
  const error = (await refusalOf(only({ name: 'a\u001b[2Jb' }))) as UserError
  expect(error.message).toContain('a\\u001b[2Jb')
  expect(error.place?.object).toBe('a\\u001b[2Jb')
})

test('any cut makes an archive unreadable, with a reason', async () => {
  for (let length = 0; length < SOUND.length; length += 1) {
    const error = (await refusalOf(SOUND.subarray(0, length))) as UserError
    expect(error.code, `${length} bytes`).toBe(length < 4 ? 'ZIP_NOT_AN_ARCHIVE' : 'ZIP_TRUNCATED')
  }
})

test('any damage is harmless or refused with a reason', async () => {
  const damage = fc.array(fc.tuple(fc.nat(SOUND.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 4,
  })
  await fc.assert(
    fc.asyncProperty(damage, async (changes) => {
      const bytes = Buffer.from(SOUND)
      for (const [at, value] of changes) bytes[at] = value
      const error = await refusalOf(bytes)
      if (error !== undefined) expect(error).toBeInstanceOf(UserError)
    }),
    { numRuns: 400 },
  )
})

test('verifying an archive finds a wrong checksum that nobody has read yet', async () => {
  const path = folder.path('backup.zip')
  await writeFile(path, craftZip([HELLO, { name: 'b', content: 'b', crc32: 1 }]))
  await expect(verifyZip(path)).rejects.toMatchObject({ code: 'ZIP_CORRUPT' })
})
