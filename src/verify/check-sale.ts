import type { CheckScope } from './check-scope.js'
import { fieldsOf } from './log-in.js'
import { ServerFaultError } from './server-fault.js'

type Values = Readonly<Record<string, unknown>>

/** Records that a sale of the check's own has made; they stay, under a name that says where they are from. */
export interface SaleRecords {
  readonly customer: string
  readonly order?: string
  readonly invoice?: string
}

/** Makes a sale from its quotation to the posted invoice, as a salesperson does; it writes. */
export async function checkSale(
  scope: CheckScope,
  stamp: string,
): Promise<SaleRecords | undefined> {
  const { client, checks, user } = scope
  const mark = `moult verify ${stamp}`
  const call = (
    model: string,
    method: string,
    args: readonly unknown[],
    context: Values = {},
  ): Promise<unknown> =>
    client.call(model, method, args, { context: { ...user.context, ...context } })
  const step = <T>(what: string, model: string, body: () => Promise<T>): Promise<T | undefined> =>
    checks.run({ kind: 'sale', what, model }, body)
  const read = async (model: string, id: number, fields: readonly string[]): Promise<Values> => {
    const rows = await call(model, 'read', [[id], fields])
    return fieldsOf(Array.isArray(rows) ? rows[0] : undefined)
  }

  const partner = await step('make a customer', 'res.partner', async () =>
    idOf(await call('res.partner', 'create', [{ name: mark }])),
  )
  const product = await step('make a product', 'product.product', async () =>
    idOf(
      await call('product.product', 'create', [
        { name: mark, type: 'service', invoice_policy: 'order', list_price: 100 },
      ]),
    ),
  )
  if (partner === undefined || product === undefined) return undefined
  const order = await step('make a quotation', 'sale.order', async () =>
    idOf(
      await call('sale.order', 'create', [
        {
          partner_id: partner,
          client_order_ref: mark,
          order_line: [[0, 0, { product_id: product, product_uom_qty: 2 }]],
        },
      ]),
    ),
  )
  if (order === undefined) return { customer: mark }
  const confirmed = await step('confirm the quotation', 'sale.order', async () => {
    await call('sale.order', 'action_confirm', [[order]])
    const found = await read('sale.order', order, ['name', 'state', 'amount_total'])
    expectState(found, ['sale', 'done'])
    return found
  })
  if (confirmed === undefined) return { customer: mark }
  const made = { customer: mark, order: String(confirmed.name) }
  const invoice = await step('invoice the order', 'sale.advance.payment.inv', async () => {
    const context = { active_model: 'sale.order', active_ids: [order], active_id: order }
    const values = { advance_payment_method: 'delivered' }
    const wizard = idOf(await call('sale.advance.payment.inv', 'create', [values], context))
    await call('sale.advance.payment.inv', 'create_invoices', [[wizard]], context)
    const { invoice_ids: ids } = await read('sale.order', order, ['invoice_ids'])
    return idOf(Array.isArray(ids) ? ids[0] : undefined)
  })
  if (invoice === undefined) return made
  const posted = await step('post the invoice', 'account.move', async () => {
    await call('account.move', 'action_post', [[invoice]])
    const found = await read('account.move', invoice, ['name', 'state', 'amount_total'])
    expectState(found, ['posted'])
    if (found.amount_total !== confirmed.amount_total) {
      throw unexpected(
        `The invoice is of ${String(found.amount_total)}, the order of ${String(confirmed.amount_total)}`,
      )
    }
    return found
  })
  return posted === undefined ? made : { ...made, invoice: String(posted.name) }
}

function idOf(value: unknown): number {
  if (typeof value === 'number') return value
  throw unexpected('The server answered no record')
}

function expectState({ name, state }: Values, expected: readonly string[]): void {
  if (expected.includes(String(state))) return
  throw unexpected(`${String(name)} is in state ${String(state)}, not ${expected.join(' or ')}`)
}

function unexpected(text: string): ServerFaultError {
  return new ServerFaultError({ type: 'unexpected', text, lastLine: '' })
}
