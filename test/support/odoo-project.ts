import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** One module of a small source tree. */
export interface ProjectModule {
  /** As the manifest says it; `1.0` where absent. */
  readonly version?: string
  readonly depends?: readonly string[]
  readonly installable?: boolean
  readonly autoInstall?: boolean | readonly string[]
  readonly excludes?: readonly string[]
  readonly countries?: readonly string[]
  /** Texts of scripts, by version folder and name: `17.0.2.0/pre-name.sql`. */
  readonly scripts?: Readonly<Record<string, string>>
}

/** Modules by name; `base` is there without being named. */
export type ProjectModules = Readonly<Record<string, ProjectModule>>

/** A source tree of a release: what a run reads of Odoo, and nothing else. */
export async function writeSourceTree(
  root: string,
  series: string,
  modules: ProjectModules,
): Promise<string> {
  const [major, minor] = series.split('.')
  const core = join(root, 'odoo', 'addons')
  await write(
    join(root, 'odoo', 'release.py'),
    `version_info = (${major}, ${minor}, 0, 'final', 0, '')\n`,
  )
  await writeModule(join(core, 'base'), 'base', { version: '1.3', ...modules.base })
  for (const [name, module] of Object.entries(modules)) {
    if (name !== 'base') await writeModule(join(root, 'addons', name), name, module)
  }
  return root
}

/** A folder of modules without a release, such as an integrator's own. */
export async function writeAddons(root: string, modules: ProjectModules): Promise<string> {
  for (const [name, module] of Object.entries(modules)) {
    await writeModule(join(root, name), name, module)
  }
  return root
}

/** A folder of scripts as `--upgrade-path` wants it, by path: `base/17.0.1.3/pre-x.py`. */
export async function writeScripts(
  root: string,
  scripts: Readonly<Record<string, string>>,
): Promise<string> {
  for (const [path, text] of Object.entries(scripts)) await write(join(root, path), text)
  return root
}

async function writeModule(folder: string, name: string, module: ProjectModule): Promise<void> {
  await write(join(folder, '__init__.py'), '')
  await write(join(folder, '__manifest__.py'), manifestOf(name, module))
  await writeScripts(join(folder, 'migrations'), module.scripts ?? {})
}

/** JSON is a Python literal but for its words. */
function manifestOf(name: string, module: ProjectModule): string {
  const { version = '1.0', depends, installable, autoInstall, excludes, countries } = module
  const manifest = {
    name: `Module ${name}`,
    version,
    license: 'LGPL-3',
    depends: depends ?? (name === 'base' ? [] : ['base']),
    installable: installable ?? true,
    auto_install: autoInstall ?? false,
    ...(excludes !== undefined && { excludes }),
    ...(countries !== undefined && { countries }),
  }
  return JSON.stringify(manifest)
    .replaceAll(/\btrue\b/g, 'True')
    .replaceAll(/\bfalse\b/g, 'False')
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
