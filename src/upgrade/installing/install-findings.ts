import type { Finding } from '../../base/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'

/** The hooks of a module that only its own code could have run. */
export function hookLeft(tree: Pick<AddonsTree, 'modules'>, module: string): readonly Finding[] {
  const { preInit, postInit } = tree.modules.get(module)?.manifest?.hooks ?? {}
  const hooks = [preInit, postInit].flatMap((name) =>
    name === undefined || name === '' ? [] : [name],
  )
  return hooks.map((hook) => ({
    code: 'HOOK_NOT_RUN',
    severity: 'warning',
    message: `${module}: its install hook ${hook}() was not run`,
    place: { object: module },
    hint: "Only the module's own code knows what it does: look at it, and do the same by hand where you need it.",
    data: { module, hook },
  }))
}
