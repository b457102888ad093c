import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { type Finding, inParallel } from '../../base/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'
import { isRunnable, RUNNABLE } from './choose-loader.js'
import type { PlannedModule, Profile } from './plan.js'

/** What the release's own code is to load. */
export interface OdooTreeCheck {
  readonly tree: AddonsTree
  readonly profile: Profile
  readonly upgradePath: readonly string[]
  readonly modules: readonly PlannedModule[]
}

const SERVER_WIDE = ['base', 'web']
const FRAMEWORK = 'openupgrade_framework'
const AT_ONCE = 32
const SHOWN = 5

/**
 * What would end a run of the release's own code halfway, told before anything is copied: an incomplete tree,
 * OpenUpgrade without its framework, data files and images that modules name and do not have.
 */
export async function checkOdooTree(check: OdooTreeCheck): Promise<readonly Finding[]> {
  const { tree } = check
  const { root, release } = tree
  if (root === undefined || !isRunnable(root)) return [noTree(release.series, root)]
  const lacking = SERVER_WIDE.filter((name) => !tree.modules.has(name))
  return [
    ...(lacking.length > 0 ? [incomplete(root, lacking)] : []),
    ...withoutFramework(check),
    ...(await missingFiles(check)),
  ]
}

function noTree(series: string, root: string | undefined): Finding {
  return {
    code: 'ODOO_TREE_INCOMPLETE',
    severity: 'error',
    message:
      root === undefined
        ? `The source tree of Odoo ${series} is not on the addons path`
        : `${root} holds no Odoo ${series} that can be run: ${RUNNABLE} is missing`,
    ...(root !== undefined && { place: { file: root } }),
    hint: 'Give the whole source tree of the release with --addons-path, or leave modules unloaded: --loader none.',
  }
}

function incomplete(root: string, lacking: readonly string[]): Finding {
  return {
    code: 'ODOO_TREE_INCOMPLETE',
    severity: 'error',
    message: `The source tree lacks ${lacking.join(' and ')}, which every Odoo loads`,
    place: { file: root },
    hint: 'Give the whole source tree of the release; a partial checkout is not enough.',
    data: { modules: lacking },
  }
}

/** Scripts of OpenUpgrade count on what its framework does to Odoo's loader. */
function withoutFramework({ tree, profile, upgradePath }: OdooTreeCheck): readonly Finding[] {
  if (profile !== 'openupgrade' || tree.modules.has(FRAMEWORK)) return []
  const beside = upgradePath.find((path) => basename(dirname(path)) === 'openupgrade_scripts')
  return [
    {
      code: 'OPENUPGRADE_FRAMEWORK_MISSING',
      severity: 'error',
      message: `OpenUpgrade's scripts run with its module ${FRAMEWORK}, which is not on the addons path`,
      hint:
        beside === undefined
          ? 'Add the folder of OpenUpgrade to --addons-path.'
          : `Add ${dirname(dirname(beside))} to --addons-path.`,
    },
  ]
}

async function missingFiles({ tree, modules }: OdooTreeCheck): Promise<readonly Finding[]> {
  const processed = modules.filter(({ fate }) => fate === 'upgrade' || fate === 'install')
  const missing: string[] = []
  await inParallel(
    processed,
    async ({ name }) => void missing.push(...(await missingFilesOf(name, tree))),
    AT_ONCE,
  )
  if (missing.length === 0) return []
  missing.sort()
  const more = missing.length - SHOWN
  return [
    {
      code: 'DATA_FILES_MISSING',
      severity: 'error',
      message: `Modules load files that the source tree does not have: ${missing.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
      hint: "Odoo's loader would break off at the first one. Give the whole source tree, its images included.",
      data: { files: missing },
    },
  ]
}

/** Data files of a module that are not there, and files that its fields are read from. */
async function missingFilesOf(name: string, tree: AddonsTree): Promise<readonly string[]> {
  const manifest = tree.modules.get(name)?.manifest
  if (manifest === undefined) return []
  const missing: string[] = []
  for (const path of new Set(manifest.data)) {
    const [file] = await tree.findAll(name, path)
    if (file === undefined) missing.push(`${name}/${path}`)
    else if (file.endsWith('.xml')) missing.push(...(await missingContents(file, tree)))
  }
  return missing
}

const COMMENT = /<!--[\s\S]*?-->/g
const FILE_OF_FIELD = /<field\s[^>]*?\bfile=(["'])([^"']+)\1/g

/** `<field name="image" type="base64" file="base/static/img/x.png"/>` */
async function missingContents(file: string, tree: AddonsTree): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8')
  if (!text.includes('file=')) return []
  const named = [...text.replaceAll(COMMENT, '').matchAll(FILE_OF_FIELD)].map(
    ([, , path = '']) => path,
  )
  const missing: string[] = []
  for (const path of new Set(named)) {
    const slash = path.indexOf('/')
    const found = await tree.findAll(path.slice(0, slash), path.slice(slash + 1))
    if (slash > 0 && found.length === 0) missing.push(path)
  }
  return missing
}
