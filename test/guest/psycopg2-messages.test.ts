import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { embeddedInMemory, useEngine } from '../support/engines.js'
import { type Psycopg2Guest, pyodideGuest, withAnswers } from '../support/psycopg2-guest.js'

/** A question as the guest sent it. */
interface Question {
  readonly op: string
  readonly a: readonly unknown[]
  readonly k: Readonly<Record<string, unknown>>
}

const cluster = useEngine(embeddedInMemory)
const questions: Question[] = []
let guest: Psycopg2Guest
let finish: () => void = () => {}
let finished: Promise<void>

beforeAll(async () => {
  const end = new Promise<void>((resolve) => {
    finish = resolve
  })
  await new Promise<void>((ready, failed) => {
    finished = cluster().withSession(cluster().maintenanceDatabase, (session) =>
      withAnswers(session, async (ask) => {
        guest = await pyodideGuest(async (question) => {
          questions.push(JSON.parse(question) as Question)
          return ask(question)
        })
        ready()
        await end
        await guest.close()
      }),
    )
    finished.catch(failed)
  })
})
beforeEach(() => {
  questions.length = 0
})
afterAll(async () => {
  finish()
  await finished
})

/** What the lines leave in `result`; `connection` and `cursor` are new ones. */
function run(...lines: readonly string[]): Promise<unknown> {
  const start = 'import psycopg2\nconnection = psycopg2.connect()\ncursor = connection.cursor()'
  return guest.run([start, 'result = None', ...lines, 'connection.close()'].join('\n'))
}

/** The class and the message of what the lines raise. */
function failure(...lines: readonly string[]): Promise<unknown> {
  return run(
    'try:',
    ...lines.map((line) => `    ${line}`),
    'except Exception as error:',
    '    result = [type(error).__name__, str(error)]',
  )
}

const operations = () => questions.map(({ op }) => op)
const statements = () => questions.filter(({ op }) => op === 'sql').map(({ a: [text] }) => text)

describe('transactions of a guest', () => {
  it('begin with the first statement, and every message names its connection', async () => {
    await run(
      'cursor.execute("select 1")',
      'connection.cursor().execute("select 2")',
      'connection.commit()',
      'connection.commit()',
      'cursor.execute("select 3")',
      'connection.rollback()',
    )
    expect(operations()).toEqual([
      'dbname',
      ...['begin', 'sql', 'sql', 'commit'],
      ...['begin', 'sql', 'rollback'],
    ])
    const [first, ...others] = questions.slice(1).map(({ k: { connection } }) => connection)
    expect(first).toEqual(expect.any(Number))
    expect(others.every((connection) => connection === first)).toBe(true)
  })

  it('have a number of their own for each connection object', async () => {
    await run(
      'other = psycopg2.connect()',
      'cursor.execute("select 1")',
      'other.cursor().execute("select 2")',
      'other.close()',
    )
    const ids = questions.filter(({ op }) => op === 'sql').map(({ k }) => k.connection)
    expect(new Set(ids).size).toBe(2)
  })

  it('do not begin in autocommit', async () => {
    await run('connection.autocommit = True', 'cursor.execute("select 1")')
    expect(operations()).toEqual(['dbname', 'sql'])
  })

  it('say how they begin when the script wants it', async () => {
    await run(
      'connection.set_session(isolation_level="repeatable read", readonly=True)',
      'cursor.execute("select 1")',
    )
    expect(questions.find(({ op }) => op === 'begin')?.k).toMatchObject({
      isolation: 'repeatable read',
      readonly: true,
    })
  })

  it('are rolled back when their connection is closed', async () => {
    await run('cursor.execute("select 1")', 'connection.close()')
    expect(operations()).toEqual(['dbname', 'begin', 'sql', 'rollback'])
  })

  it('are rolled back before the next one when their connection was dropped', async () => {
    await run('psycopg2.connect().cursor().execute("select 1")', 'cursor.execute("select 2")')
    expect(operations().slice(2)).toEqual(['begin', 'sql', 'rollback', 'begin', 'sql', 'rollback'])
    const [dropped, , rolledBack] = questions.slice(2).map(({ k: { connection } }) => connection)
    expect(rolledBack).toBe(dropped)
  })

  it('belong to the connection that began: the others neither commit nor roll back', async () => {
    await run(
      'other = psycopg2.connect()',
      'cursor.execute("select 1")',
      'other.cursor().execute("select 2")',
      'other.commit()',
      'other.cursor().execute("select 3")',
      'other.rollback()',
      'other.close()',
      'connection.commit()',
    )
    const [own] = questions.filter(({ op }) => op === 'begin')
    const ended = questions.filter(({ op }) => ['commit', 'rollback'].includes(op))
    expect(ended.map(({ op, k }) => [op, k.connection])).toEqual([['commit', own?.k.connection]])
  })

  it('go on when the connection that began is closed while another works in them', async () => {
    await run(
      'other = psycopg2.connect()',
      'other.cursor().execute("select 1")',
      'cursor.execute("create temporary table kept ()")',
      'other.close()',
      'cursor.execute("select from kept")',
      'connection.commit()',
    )
    expect(operations().filter((op) => op !== 'dbname')).toEqual([
      ...['begin', 'sql', 'sql', 'sql', 'commit'],
    ])
  })

  it('are of nobody when another script begins', async () => {
    await run(
      'import moultg.hooks',
      'cursor.execute("select 1")',
      'moultg.hooks.reset()',
      'other = psycopg2.connect()',
      'other.cursor().execute("select 2")',
      'other.commit()',
    )
    expect(operations().slice(1)).toEqual(['begin', 'sql', 'dbname', 'begin', 'sql', 'commit'])
  })
})

describe('messages of a guest', () => {
  it('do not grow in number with the rows of execute_values (item 14)', async () => {
    await run(
      'from psycopg2.extras import execute_values',
      'cursor.execute("create temporary table v (a int)")',
      'execute_values(cursor, "insert into v values %s", [(n,) for n in range(250)], page_size=100)',
    )
    expect(statements().slice(1)).toHaveLength(3)
  })

  it('fetch the rows of a named cursor by pages', async () => {
    await run(
      'cursor = connection.cursor("pages")',
      'cursor.itersize = 4',
      'cursor.execute("select generate_series(1, 10)")',
      'for row in cursor: pass',
      'cursor.close()',
    )
    const kinds = statements().map((text) => String(text).split(' ')[0])
    expect(kinds).toEqual(['DECLARE', 'FETCH', 'FETCH', 'FETCH', 'FETCH', 'SELECT', 'CLOSE'])
  })

  it('carry raw SQL, JSON and composed SQL as what they are', async () => {
    await run(
      'import moultg',
      'from psycopg2 import extensions, extras, sql',
      'query = sql.SQL("a = {}").format(sql.Literal("it\'s")) + sql.Identifier("b")',
      'values = [extensions.AsIs("x"), extras.Json({"a": (1,)}), query]',
      'result = [moultg.encode(value) for value in values]',
    ).then((encoded) =>
      expect(encoded).toEqual([
        { $: 'as', v: 'x' },
        { $: 'js', v: { a: { $: 't', v: [1] } } },
        { $: 'sql', v: `a = 'it''s'"b"` },
      ]),
    )
  })
})

describe('what is not to be had', () => {
  it.each([
    ['another database', 'psycopg2.connect(dbname="other")', 'OperationalError', /"other"/],
    ['an asynchronous connection', 'psycopg2.connect(async_=1)', 'NotSupportedError', /asynchr/],
    ['a large object', 'connection.lobject()', 'NotSupportedError', /large objects/],
    ['two-phase commit', 'connection.tpc_begin(1)', 'NotSupportedError', /two-phase/],
    ['a socket', 'connection.fileno()', 'NotSupportedError', /socket/],
    ['another encoding', 'connection.set_client_encoding("LATIN1")', 'NotSupportedError', /LATIN1/],
    [
      'a COPY in binary',
      'cursor.copy_expert("copy (select 1) to stdout (format binary)", __import__("io").BytesIO())',
      'NotSupportedError',
      /binary/,
    ],
    ['a lone surrogate', 'cursor.execute("select \'\\ud800\'")', 'UnicodeEncodeError', /surrog/],
    ['a COPY by execute', 'cursor.execute("copy x to stdout")', 'ProgrammingError', /copy_to/],
  ])('%s is refused, and nothing is sent', async (_name, line, kind, message) => {
    const [name, text] = (await failure(line)) as [string, string]
    expect(name).toBe(kind)
    expect(text).toMatch(message)
    expect(statements()).toEqual([])
    expect(operations()).not.toContain('copy_out')
  })

  it('names the connection string without its password', async () => {
    const dsn = await run(
      'connection = psycopg2.connect("user=u password=secret")',
      'result = [connection.dsn, repr(connection), connection.get_dsn_parameters()]',
    )
    expect(JSON.stringify(dsn)).not.toContain('secret')
  })

  it('has its submodules without an import, as in a server that imported them', async () => {
    expect(await run('result = psycopg2.extras.Json.__name__ + psycopg2.sql.SQL.__name__')).toBe(
      'JsonSQL',
    )
  })
})

describe('values', () => {
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''))

  it('of any text come back from the database as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
        const [flat, nested, row, json] = (await run(
          'import json',
          'from psycopg2.extras import Json',
          `texts = json.loads(${JSON.stringify(JSON.stringify(texts))})`,
          'nested = [texts, texts[::-1]]',
          'cursor.execute("select %s, %s, %s, %s::jsonb", (texts, nested, texts[0], Json(texts)))',
          'flat, matrix, one, back = cursor.fetchone()',
          'result = [flat == texts, matrix == nested, one == texts[0], back == texts]',
        )) as readonly boolean[]
        expect([flat, nested, row, json]).toEqual([true, true, true, true])
      }),
      { numRuns: 60 },
    )
  })

  it('of any bytes, numbers and lists with NULL come back as they were', async () => {
    const numbers = fc.array(fc.option(fc.maxSafeInteger()), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), numbers, fc.double(), async (bytes, integers, double) => {
        const same = await run(
          'import json, math',
          `data = bytes(${JSON.stringify([...bytes])})`,
          `numbers = json.loads('${JSON.stringify(integers)}')`,
          `number = float("${Number.isFinite(double) ? double : String(double).replace('Infinity', 'inf')}")`,
          'cursor.execute("select %s, %s::bigint[], %s", (data, numbers, number))',
          'cells = cursor.fetchone()',
          'cursor.execute("select %s::float8", (number,))',
          'double = cursor.fetchone()[0]',
          'result = [bytes(cells[0]) == data, cells[1] == numbers,',
          '    double == number or math.isnan(double) and math.isnan(number)]',
        )
        expect(same).toEqual([true, true, true])
      }),
      { numRuns: 60 },
    )
  })
})

describe('casters', () => {
  it('that are registered for all apply to columns that were met before', async () => {
    expect(
      await run(
        'from psycopg2 import extensions',
        'def read():',
        '    with connection.cursor() as own:',
        '        own.execute("SELECT 1.5::numeric, 2::int4, \'x\'::text")',
        '        return [repr(value) for value in own.fetchone()]',
        'before = extensions.string_types[1700]',
        'shown = [read(), read()]',
        'seen = []',
        'def cast(value, cursor):',
        '    seen.append(cursor)',
        '    return "<%s>" % value',
        'extensions.register_type(extensions.new_type((1700,), "marked", cast))',
        'shown += [read(), read()]',
        'extensions.register_type(before)',
        'shown.append(read())',
        'extensions.string_types[23] = extensions.new_type((23,), "other", lambda value, cursor: None)',
        'shown.append(read())',
        'del extensions.string_types[23]',
        'extensions.register_type(extensions.INTEGER)',
        'shown.append(read())',
        'result = [shown, len(seen), all(isinstance(one, extensions.cursor) for one in seen)]',
      ),
    ).toEqual([
      [
        ...Array(2).fill(["Decimal('1.5')", '2', "'x'"]),
        ...Array(2).fill(["'<1.5>'", '2', "'x'"]),
        ["Decimal('1.5')", '2', "'x'"],
        ["Decimal('1.5')", 'None', "'x'"],
        ["Decimal('1.5')", '2', "'x'"],
      ],
      2,
      true,
    ])
  })
})
