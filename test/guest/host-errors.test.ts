import { describe, expect, test } from 'vitest'
import { OutsideError, UserError } from '../../src/base/index.js'
import { DatabaseError } from '../../src/db/index.js'
import { GuestError, type GuestOperations } from '../../src/scripts/values/index.js'
import { interpreters, migrating, useHost } from './host-support.js'

function throwing(error: Error): GuestOperations {
  return {
    fail: async () => {
      throw error
    },
  }
}

const SQL_FIELDS = {
  code: '23505',
  severity: 'ERROR',
  detail: 'Key (id)=(1) already exists.',
  constraint: 'res_partner_pkey',
  position: '8',
}

describe.each(interpreters())('failures in $name', (interpreter) => {
  describe.skipIf(interpreter.unavailable !== undefined)('', () => {
    const { run, path } = useHost(interpreter)

    test('item 33: the traceback has the script’s own frames, files and lines', async () => {
      const file = 'scripts/m/16.0.1.0/pre-nested.py'
      const { error } = await run(
        `def inner(values):
    return values["a"] + values["b"]


def migrate(cr, version):
    inner({"a": 1})
`,
        { file },
      )
      expect(error?.code).toBe('SCRIPT_FAILED')
      expect(error?.message).toContain("KeyError: 'b'")
      expect(error?.place).toEqual({ file: path(file), line: 2 })
      const traceback = String(error?.data.traceback)
      expect(traceback.replace(/^ *[~^]+\n/gm, '').split('\n')).toEqual([
        'Traceback (most recent call last):',
        `  File "${path(file)}", line 6, in migrate`,
        '    inner({"a": 1})',
        `  File "${path(file)}", line 2, in inner`,
        '    return values["a"] + values["b"]',
        "KeyError: 'b'",
        '',
      ])
    })

    test.skipIf(interpreter.interpreter !== 'embedded')('item 33: carets are kept', async () => {
      const { error } = await run(migrating('values = {}', 'x = 1 + values["b"]'))
      expect(String(error?.data.traceback)).toContain(
        '    x = 1 + values["b"]\n            ~~~~~~^^^^^\n',
      )
    })

    test('item 33: a failure while loading, and one in a file that it imports', async () => {
      const { error } = await run('x = 1\ny = x / 0\n', { file: 'scripts/m/16.0.1.0/pre-top.py' })
      expect(error?.place).toEqual({ file: path('scripts/m/16.0.1.0/pre-top.py'), line: 2 })
    })

    test('item 33: a SyntaxError names file, line and place', async () => {
      const file = 'scripts/m/16.0.1.0/pre-syntax.py'
      const { error } = await run('def migrate(cr, version):\n    x = = 1\n', { file })
      expect(error?.code).toBe('SCRIPT_FAILED')
      expect(error?.place).toEqual({ file: path(file), line: 2 })
      const traceback = String(error?.data.traceback)
      expect(traceback).toContain(`  File "${path(file)}", line 2\n    x = = 1\n`)
      expect(traceback).toContain('SyntaxError: invalid syntax')
      expect(traceback).not.toContain('runner.py')
    })

    test('a chain of exceptions is shown whole', async () => {
      const { error } = await run(
        migrating(
          'try:',
          '    {}["a"]',
          'except KeyError as error:',
          '    raise ValueError("b") from error',
        ),
      )
      const traceback = String(error?.data.traceback)
      expect(traceback).toContain("KeyError: 'a'")
      expect(traceback).toContain('The above exception was the direct cause')
      expect(traceback).not.toContain('moultg')
    })

    test('an error of the database keeps its SQLSTATE and is the cause', async () => {
      const thrown = new DatabaseError('INSERT x', Object.assign(new Error('dup'), SQL_FIELDS))
      const operations: GuestOperations = {
        sql: async () => {
          throw thrown
        },
        begin: async () => ({ kind: 'value', value: null }),
      }
      const { error } = await run(migrating('cr.execute("INSERT x")'), { operations })
      expect(error?.code).toBe('SCRIPT_FAILED')
      expect(error?.message).toContain('UniqueViolation')
      expect(error?.data.sqlState).toBe('23505')
      expect(error?.cause).toBe(thrown)
      expect(error?.place?.line).toBe(5)
    })

    test('the fields of a database error reach the guest', async () => {
      const thrown = new DatabaseError('INSERT x', Object.assign(new Error('dup'), SQL_FIELDS))
      const { told } = await run(
        migrating(
          'import moultg.errors',
          'keep = dict(moultg.errors._builders)',
          'moultg.register_error("sql", lambda fields: LookupError(fields))',
          'try:',
          '    moultg.call("fail")',
          'except LookupError as error:',
          '    fields = error.args[0]',
          'moultg.errors._builders.clear()',
          'moultg.errors._builders.update(keep)',
          'moultg.call("tell", fields)',
        ),
        { operations: throwing(thrown) },
      )
      expect(told).toEqual([
        new Map<string, unknown>([
          ['kind', 'sql'],
          ['code', '23505'],
          ['message', 'dup'],
          ['severity', 'ERROR'],
          ['detail', 'Key (id)=(1) already exists.'],
          ['constraint', 'res_partner_pkey'],
          ['position', 8],
          ['sql', 'INSERT x'],
        ]),
      ])
    })

    const kinds = [
      [new GuestError('value', 'no field'), 'ValueError', 'no field'],
      [new GuestError('key', 'no.model'), 'KeyError', "'no.model'"],
      [new GuestError('attribute', 'no name'), 'AttributeError', 'no name'],
      [new GuestError('type', 'no type'), 'TypeError', 'no type'],
      [new GuestError('xmlid', 'External ID not found'), 'ValueError', 'External ID not found'],
      [
        new GuestError('helper', "openupgradelib.openupgrade has no function 'x'"),
        'AttributeError',
        "has no function 'x'",
      ],
      [new GuestError('helper', 'wrong arguments'), 'HelperError', 'wrong arguments'],
      [new GuestError('user', 'Not so', 'UserError'), 'UserError', 'Not so'],
      [new UserError('SOME_CODE', 'Do not'), 'HostError', 'Do not'],
    ] as const
    test.each(kinds)('$0 is $1 in the script', async (thrown, type, message) => {
      const { error, logs } = await run(
        migrating('import odoo.exceptions, odoo.sql_db', 'moultg.call("fail")'),
        { operations: throwing(thrown) },
      )
      expect(error?.message).toContain(`${type}: `)
      expect(error?.message).toContain(message)
      expect(logs).toEqual([])
    })

    test('a defect of the host is logged with its stack and is the cause', async () => {
      const defect = new Error('a defect')
      const { error, logs } = await run(migrating('moultg.call("fail")'), {
        operations: throwing(defect),
      })
      expect(error?.message).toContain('HostError: a defect')
      expect(error?.cause).toBe(defect)
      expect(logs[0]).toMatchObject({ level: 'error', logger: 'moult' })
      expect(logs[0]?.text).toContain('host-errors.test')
    })

    test('a lost connection is itself, not a failure of the script', async () => {
      const lost = new OutsideError('CONNECTION_LOST', 'lost')
      const { error } = await run(migrating('moultg.call("fail")'), { operations: throwing(lost) })
      expect(error).toBe(lost)
    })

    test('an operation that there is not is refused', async () => {
      const names = ['no_such_op', 'constructor', '__proto__', 'toString']
      for (const name of names) {
        const { error } = await run(migrating(`moultg.call("${name}")`))
        expect(error?.message).toContain(`ValueError: The host has no operation '${name}'`)
      }
    })

    const forged = [
      '',
      '5',
      'null',
      '[]',
      '{"op":1}',
      '{"op":"echo","a":5,"k":{}}',
      '{"op":"log","a":[5]}',
    ]
    test.each(forged)('the message %j is answered with an error', async (text) => {
      const { error, told } = await run(
        migrating(
          'from moultg import transport',
          `answer = transport._exchange(${JSON.stringify(text)})`,
          'moultg.call("tell", "e" in answer)',
        ),
      )
      expect(error).toBeUndefined()
      expect(told).toEqual([true])
    })

    test('a message nested too deeply is an error, not the host’s end', async () => {
      const { error } = await run(
        migrating(
          'from moultg import transport',
          'deep = "[" * 200000 + "]" * 200000',
          'answer = transport._exchange(\'{"op":"echo","k":{},"a":[\' + deep + "]}")',
          'assert \'"e"\' in answer',
        ),
      )
      expect(error).toBeUndefined()
    })
  })
})
