import { describe, expect, test } from 'vitest'
import {
  embedded,
  interpreters,
  migrating,
  type RunOptions,
  useHost,
} from '../guest/host-support.js'

const MIB = 1024 * 1024

describe.each(interpreters())('limits of scripts in $name', (interpreter) => {
  describe.skipIf(interpreter.unavailable !== undefined)('', () => {
    const { run } = useHost(interpreter)

    async function nextRuns(): Promise<void> {
      const { error, told } = await run(migrating('moultg.call("tell", "next")'))
      expect(error).toBeUndefined()
      expect(told).toEqual(['next'])
    }

    const endless = [
      ['an endless loop', 'while True:\n    pass'],
      [
        'a loop that catches Exception',
        'while True:\n    try:\n        1 / 0\n    except Exception:\n        pass',
      ],
      [
        'a loop that catches everything',
        'while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass',
      ],
      ['one long call', 'sum(range(3 * 10**9))'],
      ['sleep', 'import time\ntime.sleep(30)'],
      ['a loop in finally', 'try:\n    while True: pass\nfinally:\n    while True: pass'],
      [
        'a loop of questions',
        'while True:\n    try:\n        moultg.call("echo")\n    except BaseException:\n        pass',
      ],
    ] as const

    test.each(endless)(
      'item 45: %s ends at its time, and the next script runs',
      async (_n, body) => {
        const started = Date.now()
        const { error } = await run(migrating(body), { limits: { seconds: 0.5 } })
        expect(error).toMatchObject({ code: 'SCRIPT_TIMEOUT', data: { seconds: 0.5 } })
        expect(Date.now() - started).toBeLessThan(10_000)
        await nextRuns()
      },
    )

    test('a caller that aborts is obeyed', async () => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), 200)
      const { error } = await run(migrating('while True:\n    pass'), { signal: controller.signal })
      expect(error?.code).toBe('CANCELLED')
      const before = await run(migrating('pass'), { signal: AbortSignal.abort() })
      expect(before).toMatchObject({ error: { code: 'CANCELLED' }, asked: [] })
      await nextRuns()
    })

    test('a statement that runs when the time is over is cancelled, and no other is begun', async () => {
      let cancel: (error: Error) => void = () => {}
      let begun = 0
      const options: RunOptions = {
        limits: { seconds: 0.3 },
        operations: {
          wait: () => {
            begun += 1
            return new Promise((_resolve, reject) => {
              cancel = reject
            })
          },
        },
        cancelStatement: async () => cancel(new Error('cancelled')),
      }
      const { error } = await run(
        migrating(
          'for i in range(5):\n    try:\n        moultg.call("wait")\n    except BaseException:\n        pass',
        ),
        options,
      )
      expect(error?.code).toBe('SCRIPT_TIMEOUT')
      expect(begun).toBe(1)
      await nextRuns()
    })

    test('item 45: endless recursion is an error of the script', async () => {
      const { error } = await run(`def f():\n    f()\n${migrating('f()')}`)
      expect(error?.code).toBe('SCRIPT_FAILED')
      expect(error?.message).toContain('RecursionError')
      await nextRuns()
    })

    test('item 45: JSON of a hundred thousand levels does not end the host', async () => {
      const { error } = await run(
        migrating('import json', 'json.loads("[" * 100000 + "]" * 100000)'),
      )
      // The embedded one's stack is large enough for it.
      if (interpreter.interpreter === 'embedded') expect(error).toBeUndefined()
      else expect(error?.message).toContain('RecursionError')
      await nextRuns()
    })

    test('item 46: an interrupt that comes late does not hit the next script', async () => {
      for (let i = 0; i < 15; i += 1) {
        const controller = new AbortController()
        const running = run(migrating('moultg.call("echo")'), { signal: controller.signal })
        setTimeout(() => controller.abort(), i)
        await running
        await nextRuns()
      }
    })

    test('item 47: a crash in the middle of a script is told, and the next one runs', async () => {
      const crash = 'import ctypes\nctypes.string_at(0xfffffff0, 64)'
      const body = interpreter.interpreter === 'embedded' ? crash : 'import os\nos._exit(3)'
      const { error } = await run(migrating('moultg.call("tell", 1)', body))
      expect(error?.code).toBe('SCRIPT_CRASHED')
      await nextRuns()
    })

    test('two thousand scripts: the last cost no more than the first', async () => {
      const { host, file } = await small(run)
      const first = await host(200, file)
      for (let i = 0; i < 8; i += 1) await host(200, file)
      const last = await host(200, file)
      expect(last).toBeLessThan(first * 3 + 400)
    })
  })
})

async function small(
  run: ReturnType<typeof useHost>['run'],
): Promise<{ host: (count: number, file: string) => Promise<number>; file: string }> {
  return {
    file: 'scripts/m/16.0.1.0/pre-small.py',
    host: async (count, file) => {
      const started = Date.now()
      for (let i = 0; i < count; i += 1) {
        const { error } = await run(migrating('pass'), { file })
        expect(error).toBeUndefined()
      }
      return Date.now() - started
    },
  }
}

describe('memory of the embedded interpreter', () => {
  const { run } = useHost(embedded)

  test('item 45: three gigabytes at once are refused by Python itself', async () => {
    const { error } = await run(migrating('bytearray(3 * 2**30)'))
    expect(error?.message).toMatch(/MemoryError|OverflowError|memory/)
  })

  test('a script that needs more than its limit is SCRIPT_MEMORY', async () => {
    const { error } = await run(migrating('kept = [bytearray(2**20) for _ in range(1000)]'), {
      limits: { memory: 200 * MIB },
    })
    expect(error).toMatchObject({ code: 'SCRIPT_MEMORY', data: { bytes: 200 * MIB } })
    expect((await run(migrating('pass'))).error).toBeUndefined()
  })

  test('one that copes with the refusal passes', async () => {
    const { error, told } = await run(
      migrating(
        'try:',
        '    bytearray(2**29)',
        'except MemoryError:',
        '    moultg.call("tell", "coped")',
      ),
      { limits: { memory: 200 * MIB } },
    )
    expect(error).toBeUndefined()
    expect(told).toEqual(['coped'])
  })

  test('an interpreter that has grown is not kept', async () => {
    const grown = await run(migrating('x = bytearray(2**28)', 'moultg.marked = 1'))
    expect(grown.error).toBeUndefined()
    const { told } = await run(migrating('moultg.call("tell", hasattr(moultg, "marked"))'))
    expect(told).toEqual([false])
  })

  test('temporary files do not get round the limit', async () => {
    const { error } = await run(
      migrating(
        'with open("/tmp/big", "wb") as stream:',
        '    for _ in range(400):',
        '        stream.write(b"x" * 2**20)',
      ),
    )
    expect(error?.message).toContain('OSError: [Errno 51]')
    expect((await run(migrating('pass'))).error).toBeUndefined()
  })
})
