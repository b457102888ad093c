import type { Finding } from '../base/index.js'
import { raw, type Session } from '../db/index.js'
import type { AddonsTree } from '../odoo/addons/index.js'
import { buildGraph, knownModules, type NotAdded } from '../odoo/modules/index.js'

/** What a prompt's registry is made of. */
export interface ShellModules {
  /** In Odoo's order of loading. */
  readonly names: readonly string[]
  readonly findings: readonly Finding[]
}

/** The modules that Odoo would load with the database, as far as the tree has them. */
export async function readShellModules(session: Session, tree: AddonsTree): Promise<ShellModules> {
  const { rows } = await session.query<{ name: string }>(
    raw(`SELECT name FROM ir_module_module
          WHERE state IN ('installed', 'to upgrade', 'to remove') ORDER BY name`),
  )
  return modulesInOrder(
    rows.map(({ name }) => name),
    tree,
  )
}

/** Orders installed modules, and tells of those that the tree cannot load. */
export function modulesInOrder(
  installed: readonly string[],
  tree: Pick<AddonsTree, 'modules'>,
): ShellModules {
  const { graph, notAdded } = buildGraph(knownModules(tree), installed)
  return {
    names: graph.ordered().map(({ name }) => name),
    findings: notAdded.map(findingOf),
  }
}

function findingOf(module: NotAdded): Finding {
  const { name, reason } = module
  const why = {
    missing: 'it is not on the addons path',
    'not-installable': 'it is not installable in this release',
    broken: 'its manifest cannot be read',
    unmet: `it depends on ${reason === 'unmet' ? module.missing.join(', ') : ''}`,
  }[reason]
  return {
    code: 'SHELL_MODULE_LEFT_OUT',
    severity: 'info',
    message: `The module ${name} is installed in the database, but ${why}: its models and fields are missing here`,
    place: { object: name },
    hint: 'Add the folder that holds it to --addons-path.',
    data: { module: name, reason },
  }
}
