import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { imageOperations } from '../../src/scripts/hosts/python/images/index.js'
import { GuestError } from '../../src/scripts/values/index.js'
import { interpreters, migrating, useHost } from './host-support.js'

const FIXTURES = join(import.meta.dirname, 'fixtures/images')
const FACTS: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(join(FIXTURES, 'facts.json'), 'utf8'),
)

describe.each(interpreters())('PIL of the guest, $name', (test) => {
  const host = useHost(test, { roots: { sources: [], scripts: [FIXTURES] } })

  it.skipIf(test.unavailable)(
    'finds what Pillow finds, byte for byte',
    { timeout: 120_000 },
    async () => {
      const run = await host.run(
        migrating(
          'import sys',
          `sys.path.insert(0, ${JSON.stringify(test.interpreter === 'embedded' ? '/scripts/0' : FIXTURES)})`,
          'import json, os, traceback',
          '# A Pillow on this machine would take the place of what is tested.',
          'is_ours = lambda p: os.path.isfile(os.path.join(p, "PIL", "_handover.py"))',
          'sys.path[:] = [p for p in sys.path if is_ours(p) or not os.path.isdir(os.path.join(p, "PIL"))]',
          'import PIL',
          'import image_cases',
          'assert PIL.__path__[0].replace("\\\\", "/").endswith("/PIL") and not hasattr(PIL.Image, "core")',
          'found = {}',
          'for name, case in image_cases.CASES.items():',
          '    try:',
          '        found[name] = image_cases.attempt(case)',
          '    except Exception:',
          '        found[name] = traceback.format_exc()',
          'moultg.call("tell", json.dumps(found))',
        ),
        { operations: imageOperations() },
      )
      expect(run.error).toBeUndefined()
      const found: Readonly<Record<string, unknown>> = JSON.parse(String(run.told[0]))
      const different = Object.keys(FACTS).filter(
        (name) =>
          !name.startsWith('near ') && JSON.stringify(found[name]) !== JSON.stringify(FACTS[name]),
      )
      expect(pick(found, different)).toEqual(pick(FACTS, different))
      expect(distances(found).filter(({ mean, size }) => mean > 4 || !size)).toEqual([])
      expect(Object.keys(found).sort()).toEqual(Object.keys(FACTS).sort())
    },
  )
})

const REST = `
import io, sys
sys.path[:] = [p for p in sys.path if "dist-packages" not in p and "site-packages" not in p]
from PIL import Image, ImageDraw, ImageFont, ImageFilter, ImageEnhance, ImageOps, PdfImagePlugin
from PIL import UnidentifiedImageError
from PIL._unsupported import StubUsed
def refused(function):
    try:
        function()
    except StubUsed as error:
        return str(error)
with open(PATH, "rb") as stream:
    data = stream.read()
`

describe.each(interpreters())('what PIL of the guest does not do, $name', (test) => {
  const host = useHost(test, { roots: { sources: [], scripts: [FIXTURES] } })
  const root = test.interpreter === 'embedded' ? '/scripts/0' : FIXTURES
  const script = (...lines: readonly string[]): string =>
    migrating(REST.replace('PATH', JSON.stringify(`${root}/samples/rgb.png`)), ...lines)

  it.skipIf(test.unavailable)(
    'is refused by StubUsed, which no handler of ValueError takes',
    async () => {
      const { told, error } = await host.run(
        script(
          'image = Image.open(io.BytesIO(data))',
          'asked = [lambda: ImageDraw.Draw(image), lambda: ImageFont.truetype("x"), lambda: ImageFilter.BLUR(),',
          '    lambda: ImageEnhance.Contrast(image), lambda: ImageOps.invert(image),',
          '    lambda: image.save(io.BytesIO(), "pdf"), lambda: image.quantize(3), lambda: image.convert("P")]',
          'moultg.call("tell", [refused(one) for one in asked], issubclass(StubUsed, (ValueError, OSError)))',
        ),
        { operations: imageOperations() },
      )
      expect(error).toBeUndefined()
      expect(told[0]).toEqual(Array.from({ length: 8 }, () => expect.stringContaining('PIL.')))
      expect(told[1]).toBe(false)
    },
  )

  it.skipIf(test.unavailable)(
    'needs the host for pixels alone: headers are read without',
    async () => {
      const lines = [
        'image = Image.open(io.BytesIO(data))',
        'moultg.call("tell", [image.mode, image.width, image.height, image.format], refused(lambda: image.thumbnail((9, 9))))',
        'moultg.call("tell", refused(lambda: Image.new("RGB", (2, 2))))',
      ]
      const none = await host.run(script(...lines))
      expect(none.error).toBeUndefined()
      expect(none.told[0]).toEqual(['RGB', 97, 61, 'PNG'])
      expect(none.told.slice(1)).toEqual(
        Array.from({ length: 2 }, () => expect.stringContaining('host')),
      )
      const decode = async () => {
        throw new GuestError(
          'helper',
          'Decoding a PNG image needs the package "sharp"',
          'no-images',
        )
      }
      const without = await host.run(script(...lines), {
        operations: { ...imageOperations(), 'image.decode': decode },
      })
      expect(without.told[1]).toContain('"sharp"')
    },
  )

  it.skipIf(test.unavailable)('gives the pixels of forgotten images back', async () => {
    const freed: unknown[] = []
    const operations = Object.fromEntries(
      Object.entries(imageOperations()).map(([name, operation]) => [
        name,
        (...given: Parameters<typeof operation>) => {
          const handles = given[1].get('free')
          if (Array.isArray(handles)) freed.push(...handles)
          return operation(...given)
        },
      ]),
    )
    const { error } = await host.run(
      script(
        'import gc',
        'image = Image.new("RGB", (300, 300))',
        'for turn in range(20):',
        '    image = image.crop((0, 0, 299 - turn, 300))',
        'gc.collect()',
        'image.getbbox()',
      ),
      { operations },
    )
    expect(error).toBeUndefined()
    expect(freed).toHaveLength(20)
  })

  it.skipIf(test.unavailable)('refuses gigantic images, and warns of very large ones', async () => {
    const { told, error } = await host.run(
      script(
        'import warnings, struct, zlib',
        'def header(width, height):',
        '    body = b"IHDR" + struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)',
        '    return b"\\x89PNG\\r\\n\\x1a\\n" + struct.pack(">L", 13) + body + struct.pack(">L", zlib.crc32(body))',
        'def outcome(width, height):',
        '    with warnings.catch_warnings(record=True) as seen:',
        '        warnings.simplefilter("always")',
        '        try:',
        '            Image.open(io.BytesIO(header(width, height)))',
        '        except Exception as error:',
        '            return type(error).__name__',
        '        return [str(one.category.__name__) for one in seen]',
        'moultg.call("tell", outcome(100, 100), outcome(10000, 10000), outcome(100000, 100000))',
      ),
    )
    expect(error).toBeUndefined()
    expect(told).toEqual([[], ['DecompressionBombWarning'], 'DecompressionBombError'])
  })
})

const pillow = realPillow()

it.skipIf(pillow === undefined)(
  'a Pillow that is installed takes its place (a python3 with Pillow is needed)',
  () => {
    const folder = resolve(import.meta.dirname, '../../python')
    const code = `import sys; sys.path.insert(0, FOLDER); from PIL import Image, ImageOps; import PIL; print(Image.core is not None, PIL.__file__.startswith(sys.path[0]), Image.new("L", (2, 2)).size)`
    const command = code.replace('FOLDER', JSON.stringify(folder))
    expect(execFileSync(pillow ?? '', ['-B', '-c', command], { encoding: 'utf8' }).trim()).toBe(
      'True False (2, 2)',
    )
  },
)

function realPillow(): string | undefined {
  return [process.env.MOULT_TEST_PYTHON, '/usr/bin/python3', 'python3'].find((program) => {
    if (program === undefined) return false
    try {
      execFileSync(program, ['-c', 'from PIL import _imaging'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}

function pick(facts: Readonly<Record<string, unknown>>, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, facts[name]]))
}

type Thumbnail = readonly [size: readonly number[], pixels: string]

/** How far the pixels of JPEGs that are read at a part of their size are from Pillow's, of 255. */
function distances(found: Readonly<Record<string, unknown>>) {
  const names = Object.keys(FACTS).filter((name) => name.startsWith('near '))
  return names.flatMap((name) =>
    (FACTS[name] as readonly Thumbnail[]).map(([size, pixels], index) => {
      const [foundSize, foundPixels] = (found[name] as readonly Thumbnail[])[index] ?? [[], '']
      const [wanted, got] = [Buffer.from(pixels, 'base64'), Buffer.from(foundPixels, 'base64')]
      const sum = wanted.reduce((total, value, at) => total + Math.abs(value - (got[at] ?? 0)), 0)
      return { name, size: String(size) === String(foundSize), mean: sum / wanted.length }
    }),
  )
}
