import type { Finding } from '../../base/index.js'
import { type Session, sql } from '../../db/index.js'
import type { GuestOperations, GuestValue } from '../../scripts/values/index.js'
import { PyTuple } from '../../scripts/values/index.js'

export interface ModuleOperationsOptions {
  readonly session: Session
  /** The module whose script asks. */
  readonly module: string
  readonly addFinding: (finding: Finding) => void
}

/**
 * What scripts ask about modules: `modules.install` marks uninstalled modules. An upgrade is under way, so
 * that nothing is installed at once: a marked module is loaded when its turn comes, or stays marked.
 */
export function moduleOperations(options: ModuleOperationsOptions): GuestOperations {
  const { session, module, addFinding } = options
  return {
    'modules.install': async ([names]) => {
      const wanted = namesOf(names)
      const { rows } = await session.query<{ name: string }>(sql`
        UPDATE ir_module_module SET state = 'to install'
         WHERE name = ANY(${[...wanted]}::text[]) AND state = 'uninstalled' RETURNING name`)
      if (rows.length > 0) {
        addFinding({
          code: 'MODULES_MARKED_BY_SCRIPT',
          severity: 'warning',
          message: `${module}: a script wants modules installed: ${rows.map((row) => row.name).join(', ')}`,
          hint: 'They are marked "to install". Odoo installs them at its next update, or install them with -i.',
          data: { modules: rows.map((row) => row.name) },
        })
      }
      return { kind: 'value', value: rows.map((row) => row.name) }
    },
  }
}

function namesOf(value: GuestValue | undefined): readonly string[] {
  const items = value instanceof PyTuple ? value.items : Array.isArray(value) ? value : [value]
  return items.filter((item): item is string => typeof item === 'string')
}
