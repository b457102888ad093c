import { describe, expect, test } from 'vitest'
import type { ScriptLog } from '../../src/scripts/hosts/index.js'
import { answer, interpreters, migrating, runFile, useHost } from './host-support.js'

describe.each(interpreters())('the log of scripts in $name', (interpreter) => {
  describe.skipIf(interpreter.unavailable !== undefined)('', () => {
    const { run, path, host, write } = useHost(interpreter)

    test('item 34: logging has level, logger, path and line', async () => {
      const file = 'scripts/m/16.0.1.0/pre-log.py'
      const { logs } = await run(
        `import logging
_logger = logging.getLogger("odoo.x")
def migrate(cr, version):
    _logger.debug("a %s", 1)
    _logger.info("b")
    _logger.warning("c")
    _logger.error("d")
    _logger.critical("e")
    logging.getLogger(__name__).info("f")
`,
        { file },
      )
      const place = { file: path(file) }
      expect(logs).toEqual([
        { level: 'debug', logger: 'odoo.x', text: 'a 1', ...place, line: 4 },
        { level: 'info', logger: 'odoo.x', text: 'b', ...place, line: 5 },
        { level: 'warning', logger: 'odoo.x', text: 'c', ...place, line: 6 },
        { level: 'error', logger: 'odoo.x', text: 'd', ...place, line: 7 },
        { level: 'critical', logger: 'odoo.x', text: 'e', ...place, line: 8 },
        { level: 'info', logger: 'pre-log', text: 'f', ...place, line: 9 },
      ])
    })

    test('item 34: print and stderr are lines', async () => {
      const { logs } = await run(
        migrating(
          'import sys',
          'print("one", "two")',
          'print("no end", end="")',
          'sys.stderr.write("first\\nsecond\\n")',
        ),
      )
      expect(logs.map(({ level, logger, text, line }) => [level, logger, text, line])).toEqual([
        ['info', 'stdout', 'one two', 6],
        ['warning', 'stderr', 'first', 8],
        ['warning', 'stderr', 'second', 8],
        ['info', 'stdout', 'no end', 7],
      ])
    })

    test('item 34: lines keep their place between statements', async () => {
      const order: string[] = []
      const file = await write(
        'scripts/m/16.0.1.0/pre-order.py',
        migrating('print("a")', 'moultg.call("step", 1)', 'print("b")', 'moultg.call("step", 2)'),
      )
      const step = async (): Promise<ReturnType<typeof answer>> => {
        order.push('step')
        return answer(null)
      }
      await host().run(
        { file, module: 'm', phase: 'pre', directory: '16.0.1.0', installedVersion: '1' },
        {
          session: undefined as never,
          operations: { step, dbname: async () => answer('x') },
          log: (line: ScriptLog) => order.push(line.text),
          signal: new AbortController().signal,
          limits: {},
        },
      )
      expect(order).toEqual(['a', 'step', 'b', 'step'])
    })

    test('many lines go in batches', async () => {
      const file = await write(
        'scripts/m/16.0.1.0/pre-many.py',
        migrating('for i in range(1000):', '    print(i)'),
      )
      const { logs } = await runFile(host(), file)
      expect(logs.map(({ text }) => text)).toEqual(Array.from({ length: 1000 }, (_, i) => `${i}`))
    })

    test('an exception that is logged has a trimmed traceback', async () => {
      const { logs } = await run(
        migrating(
          'import logging',
          'try:',
          '    1 / 0',
          'except ZeroDivisionError:',
          '    logging.exception("failed")',
        ),
        { file: 'scripts/m/16.0.1.0/pre-exception.py' },
      )
      expect(logs[0]?.text).toContain('failed\nTraceback (most recent call last):')
      expect(logs[0]?.text).toContain(path('scripts/m/16.0.1.0/pre-exception.py'))
      expect(logs[0]?.text).not.toContain('runner.py')
    })

    test('a line that no text encoding can hold does not end the script', async () => {
      const { error, logs } = await run(migrating('print("\\udc80")'))
      expect(error).toBeUndefined()
      expect(logs[0]?.text).toBe('\\udc80')
    })

    test('warnings of Python are log lines', async () => {
      const { logs } = await run(migrating('import warnings', 'warnings.warn("careful")'))
      expect(logs[0]).toMatchObject({ level: 'warning', logger: 'py.warnings' })
      expect(logs[0]?.text).toContain('careful')
    })

    test('lines before a failure arrive', async () => {
      const { error, logs } = await run(migrating('print("before")', 'raise ValueError("x")'))
      expect(error?.code).toBe('SCRIPT_FAILED')
      expect(logs.map(({ text }) => text)).toEqual(['before'])
    })
  })
})
