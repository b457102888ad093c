import { skipped } from './check.js'
import type { CheckScope } from './check-scope.js'
import { fieldsOf } from './log-in.js'
import { ServerFaultError } from './server-fault.js'

interface Report {
  readonly name: string
  readonly title: string
  readonly model: string
}

/** Renders, as a page, every report that users find in the print menu of a model, for its first record. */
export async function checkReports(scope: CheckScope): Promise<void> {
  const { client, web, checks } = scope
  const reports = await listReports(scope)
  const wizards = await wizardsAmong(
    reports.map(({ model }) => model),
    scope,
  )
  for (const { name, title, model } of reports) {
    if (wizards.has(model)) continue
    const subject = { kind: 'report', what: `report ${title} (${name})`, model } as const
    await checks.run(subject, async () => {
      const [id] = await web.search(model, [], 1)
      if (id === undefined) return skipped('there is no record')
      await client.page(`/report/html/${encodeURIComponent(name)}/${id}`)
      return undefined
    })
  }
}

async function listReports({ client, checks, user }: CheckScope): Promise<readonly Report[]> {
  const answer = await checks.run({ kind: 'report', what: 'list of reports' }, () =>
    client.call('ir.actions.report', 'search_read', [], {
      domain: [
        ['report_type', 'in', ['qweb-html', 'qweb-pdf']],
        ['binding_model_id', '!=', false],
      ],
      fields: ['name', 'model', 'report_name'],
      order: 'id',
      context: user.context,
    }),
  )
  if (!Array.isArray(answer)) return []
  return answer.map((row) => {
    const { name, model, report_name: reportName } = fieldsOf(row)
    return { name: String(reportName), title: String(name), model: String(model) }
  })
}

/** Records of wizards are those of whoever filled them in; nobody finds them in a list. */
async function wizardsAmong(
  models: readonly string[],
  { client, user }: CheckScope,
): Promise<ReadonlySet<string>> {
  const domain = [
    ['model', 'in', [...new Set(models)]],
    ['transient', '=', true],
  ]
  try {
    const rows = await client.call('ir.model', 'search_read', [], {
      domain,
      fields: ['model'],
      context: user.context,
    })
    return new Set(Array.isArray(rows) ? rows.map((row) => String(fieldsOf(row).model)) : [])
  } catch (error) {
    // Users may be kept from reading models; then all reports are rendered.
    if (error instanceof ServerFaultError) return new Set()
    throw error
  }
}
