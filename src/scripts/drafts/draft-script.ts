export type DraftLanguage = 'ts' | 'py' | 'sql'

/** What a draft is for. */
export interface DraftRequest {
  readonly module: string
  /** Name of the version folder, such as `17.0.1.1.0`. */
  readonly version: string
  readonly phase: 'pre' | 'post' | 'end'
  readonly language: DraftLanguage
}

/** When a phase runs, for the head of a draft. */
const MOMENTS = {
  pre: 'before the module is loaded: tables and columns are still those of the old version',
  post: 'when the module is loaded: tables, columns and data are those of the new version',
  end: 'when all modules are loaded',
} as const

/** A script that does nothing yet and says what it can do. */
export function draftScript(request: DraftRequest): string {
  switch (request.language) {
    case 'ts':
      return typescriptDraft(request)
    case 'py':
      return pythonDraft(request)
    case 'sql':
      return sqlDraft(request)
  }
}

function typescriptDraft({ module, version, phase }: DraftRequest): string {
  return `import type { ScriptEnvironment } from 'moult'

/**
 * ${module} ${version}, ${phase}: ${MOMENTS[phase]}.
 *
 * All of it runs in one transaction with the journal of the upgrade: an error undoes it, and "moult resume"
 * runs it again. Call the first parameter \`cr\` instead of \`env\` to get the cursor alone.
 *
 * @param env records (\`env('res.partner')\`), xml ids (\`env.ref('base.main_company')\`), SQL
 * @param version the version that was installed before, such as \`16.0.1.0\`; empty for a new module
 */
export async function migrate(env: ScriptEnvironment, version: string): Promise<void> {
  // await env.cr.sql\`UPDATE res_partner SET active = true WHERE active IS NULL\`
  // await renameFields(env.helpers, [['res.partner', 'res_partner', 'old_name', 'new_name']])
  // const partners = await env('res.partner').search([['lang', '=', 'fr_BE']])
  // await partners.write({ lang: 'fr_FR' })
}
`
}

function pythonDraft({ module, version, phase }: DraftRequest): string {
  return `"""${module} ${version}, ${phase}: ${MOMENTS[phase]}."""
from openupgradelib import openupgrade


@openupgrade.migrate()
def migrate(env, version):
    # version: the one that was installed before; a new module's script is not run.
    # openupgrade.rename_fields(env, [("res.partner", "res_partner", "old_name", "new_name")])
    # openupgrade.logged_query(env.cr, "UPDATE res_partner SET active = true WHERE active IS NULL")
    pass
`
}

function sqlDraft({ module, version, phase }: DraftRequest): string {
  return `-- ${module} ${version}, ${phase}: ${MOMENTS[phase]}.
-- Statements end with a semicolon and run in one transaction with the journal of the upgrade.

-- UPDATE res_partner SET active = true WHERE active IS NULL;
`
}
