import { Findings } from '../../../base/index.js'
import { listSources } from '../../../odoo/sources/index.js'
import type { CommandAction } from '../../command.js'
import { renderSources } from './sources-table.js'

export const listSourcesCommand: CommandAction = async (_, { environment }) => {
  const findings = new Findings()
  const sources = await listSources(environment, findings)
  return {
    data: sources,
    findings: findings.list(),
    lines: (view) =>
      sources.length === 0
        ? ['There are no sources yet. Fetch some: moult sources add 16.0']
        : renderSources(view, sources),
  }
}
