import { afterEach, describe, expect, test } from 'vitest'
import { Progress } from '../base/index.js'
import {
  DROPPED,
  type FakeOdoo,
  type FakeOptions,
  Fault,
  PASSWORD,
  startFakeOdoo,
} from './fixtures/fake-odoo.js'
import type { VerifyReport } from './verify-report.js'
import { type VerifyOptions, verifyServer } from './verify-server.js'

let server: FakeOdoo | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function verify(
  options: FakeOptions,
  given: Partial<VerifyOptions> = {},
): Promise<VerifyReport> {
  server = await startFakeOdoo(options)
  const credentials = { login: 'admin', password: PASSWORD }
  const now = new Date('2026-11-20T10:00:00Z')
  return verifyServer(
    { url: server.url, credentials, readOnly: true, now, ...given },
    new Progress(),
  )
}

const methodsOf = (model: string): readonly string[] => [
  ...new Set(server?.calls.filter((call) => call.model === model).map(({ method }) => method)),
]
const callOf = (method: string) => server?.calls.find((call) => call.method === method)

describe.each([14, 15, 16, 17, 18])('a server of Odoo %i.0', (major) => {
  test('passes every check, by the calls of its own web client', async () => {
    const report = await verify({ major })
    expect(report.failures).toEqual([])
    expect(report).toMatchObject({
      database: 'acme',
      release: `${major}.0`,
      user: 'Ann',
      menus: 2,
      byKind: {
        page: { passed: 2 },
        bundle: { passed: 2 },
        action: { passed: 2 },
        view: { passed: 5 },
        list: { passed: 2 },
        columns: { passed: 1 },
        cells: { passed: 1 },
        form: { passed: 1 },
        new: { passed: 1 },
        report: { passed: 2 },
      },
    })
    expect(methodsOf('x.order')).toContain(major < 16 ? 'load_views' : 'get_views')
    expect(methodsOf('x.order')).toContain(major < 15 ? 'search_read' : 'web_search_read')
    expect(methodsOf('x.order')).toContain(major < 17 ? 'read' : 'web_read')
    expect(report.byKind.lines?.passed).toBe(major < 17 ? 1 : undefined)
  })

  test('is asked for the fields of the views and the records of the action', async () => {
    await verify({ major })
    const search = callOf(major < 15 ? 'search_read' : 'web_search_read')
    expect(search?.kwargs).toMatchObject({
      domain: [['user_id', '=', 2]],
      limit: 80,
      context: { lang: 'en_US', allowed_company_ids: [1], search_default_mine: 1 },
      ...(major < 17 ? { fields: ['name'] } : { specification: { name: {} } }),
    })
    const lines = { label: {}, product_id: { fields: { display_name: {} } } }
    const form = callOf('web_read')?.kwargs.specification
    expect(form).toEqual(
      major < 17
        ? undefined
        : {
            state: {},
            name: {},
            partner_id: { fields: { display_name: {} } },
            line_ids: { fields: lines, limit: 40 },
          },
    )
    expect(callOf('onchange')?.args.at(-1)).toMatchObject(
      major < 17 ? { name: '1', 'line_ids.label': '' } : { name: {}, line_ids: { limit: 40 } },
    )
    expect(callOf('web_read_group')?.kwargs).toMatchObject({ groupby: ['state'] })
    expect(callOf('read_group')?.kwargs).toMatchObject({ groupby: ['state'], fields: ['total'] })
  })

  test('a wrong password ends it', async () => {
    const credentials = { login: 'admin', password: 'wrong' }
    await expect(verify({ major }, { credentials })).rejects.toMatchObject({
      code: 'ODOO_LOGIN_FAILED',
    })
  })
})

test('a view that cannot be loaded is told alone, with the menu and what the server said', async () => {
  const debug =
    'Traceback (most recent call last):\n  File "/o/view.py", line 3, in x\n    y\nKeyError: \'z\''
  const report = await verify({
    major: 16,
    answer: ({ method, kwargs }) => {
      const views = kwargs.views as readonly (readonly [unknown, string])[] | undefined
      if (method === 'get_views' && views?.some(([, type]) => type === 'kanban')) {
        throw new Fault('builtins.KeyError', "'z'", debug)
      }
      return undefined
    },
  })
  expect(report.failures).toEqual([
    {
      kind: 'view',
      what: 'kanban view of x.order',
      menu: 'Sales › Orders',
      model: 'x.order',
      fault: {
        type: 'builtins.KeyError',
        text: "'z'",
        lastLine: "KeyError: 'z'",
        raisedAt: 'File "/o/view.py", line 3, in x',
      },
    },
  ])
  expect(report.byKind.view).toEqual({ passed: 4, failed: 1, skipped: 0 })
  expect(report.byKind.list).toMatchObject({ passed: 1 })
})

test('records, bundles and reports that fail are told', async () => {
  const report = await verify({
    major: 16,
    answer: ({ method, model }) => {
      if (method === 'web_search_read') throw new Fault('odoo.exceptions.AccessError', 'no')
      if (method === 'read' && model === 'x.line') throw new Fault('builtins.ValueError', 'v')
      return undefined
    },
    page: (path) =>
      path.endsWith('web.js') ? 'console.error("Could not find /x/y.js")' : undefined,
  })
  expect(report.failures.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
    'bundle: bundle web.js',
    'list: records of the list view of x.order',
    'list: records of the kanban view of x.order',
  ])
  expect(report.skipped).toEqual({ 'there is no record': 1 })
})

test('a request that the server drops is a failure, and the next one goes on', async () => {
  const report = await verify({
    major: 17,
    answer: ({ method }) => (method === 'read_group' ? DROPPED : undefined),
  })
  expect(report.failures).toMatchObject([{ kind: 'cells', fault: { type: 'connection' } }])
  expect(report.byKind.form).toMatchObject({ passed: 1 })
})

describe('a sale', () => {
  const sells = (invoiced: number) => {
    const states = { 'sale.order': 'sale', 'account.move': 'posted' } as const
    return ({ model, method }: { model: string; method: string }): unknown => {
      if (method === 'fields_get') return {}
      if (method === 'create') return 91
      if (/action_|create_invoices/.test(method)) return true
      if (method !== 'read' || !(model in states)) return undefined
      const [state, total] = model === 'sale.order' ? ['sale', 200] : ['posted', invoiced]
      return [{ id: 91, name: `${model}/91`, state, amount_total: total, invoice_ids: [92] }]
    }
  }

  test('is made up to its posted invoice, under a name that says where it is from', async () => {
    const report = await verify({ major: 16, answer: sells(200) }, { readOnly: false })
    expect(report.failures).toEqual([])
    expect(report.byKind.sale).toMatchObject({ passed: 6 })
    expect(report.written).toEqual({
      customer: 'moult verify 2026-11-20T10:00:00.000Z',
      order: 'sale.order/91',
      invoice: 'account.move/91',
    })
  })

  test('whose invoice has another total is a failure', async () => {
    const report = await verify({ major: 16, answer: sells(199) }, { readOnly: false })
    expect(report.failures).toMatchObject([
      { kind: 'sale', fault: { text: 'The invoice is of 199, the order of 200' } },
    ])
  })

  test('is not made where nothing may be written', async () => {
    const report = await verify({ major: 16, answer: sells(200) })
    expect(report.byKind.sale).toBeUndefined()
    expect(methodsOf('res.partner')).toEqual([])
  })

  test('is not made where sale is not installed', async () => {
    const report = await verify({ major: 16 }, { readOnly: false })
    expect(report.byKind.sale).toBeUndefined()
    expect(report.written).toBeUndefined()
  })
})

describe('what cannot be driven', () => {
  test('nobody listens', async () => {
    const gone = await startFakeOdoo({ major: 16 })
    await gone.close()
    await expect(verify({ major: 16 }, { url: gone.url })).rejects.toMatchObject({
      code: 'ODOO_UNREACHABLE',
    })
  })

  test('a server of another release', async () => {
    await expect(verify({ major: 13 })).rejects.toMatchObject({ code: 'ODOO_RELEASE_UNSUPPORTED' })
  })

  test('several databases, none of them named', async () => {
    const databases = ['a', 'b']
    await expect(verify({ major: 16, databases })).rejects.toMatchObject({
      code: 'ODOO_DATABASE_UNKNOWN',
      message: 'The server has several databases: a, b',
    })
  })
})
