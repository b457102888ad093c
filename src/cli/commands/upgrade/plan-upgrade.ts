import type { Finding } from '../../../base/index.js'
import { missingPackages } from '../../../odoo/packages/index.js'
import { parseRelease } from '../../../odoo/release/index.js'
import {
  type HopPlan,
  type HopRequest,
  type ModuleSnapshot,
  planPath,
  type UpgradePlan,
  type UpgradeRequest,
} from '../../../upgrade/planning/index.js'
import type { CommandContext } from '../../command.js'

/** Plans an upgrade; where the release's own code is to run, its Python is looked at as well. */
export async function planUpgrade(
  snapshot: ModuleSnapshot,
  request: UpgradeRequest,
  context: CommandContext,
): Promise<UpgradePlan> {
  const plan = await planPath(snapshot, request, context.progress)
  const hops = await Promise.all(
    plan.hops.map(async (hop, number) => {
      const wanted = request.hops[number]
      if (wanted === undefined) return hop
      const findings = await packageFindings(hop, wanted, request, context)
      return { ...hop, findings: [...findings, ...hop.findings] }
    }),
  )
  return { ...plan, hops }
}

async function packageFindings(
  { loader, to }: HopPlan,
  { packages, addonsPath }: HopRequest,
  { python: { interpreter } }: UpgradeRequest,
  { environment }: CommandContext,
): Promise<readonly Finding[]> {
  const release = parseRelease(to)
  if (loader.choice !== 'odoo' || release === undefined) return []
  const folders = packages ?? []
  const missing = await missingPackages({
    interpreter,
    release,
    folders,
    trees: addonsPath,
    environment,
  })
  if (missing.length === 0) return []
  const where = interpreter === 'embedded' ? 'the embedded Python' : interpreter
  return [
    {
      code: 'PYTHON_PACKAGES_MISSING',
      severity: 'error',
      message: `Odoo ${to} does not start without Python packages that ${where} lacks: ${missing.join(', ')}`,
      hint:
        interpreter === 'embedded'
          ? `Fetch them (moult sources add ${to} --packages), name a folder that has them (--python-packages), or use the Python of an Odoo (--python). --loader none leaves the modules unloaded.`
          : 'Install them there, or leave --python out.',
      data: { packages: missing },
    },
  ]
}
