import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { messageOf, readError, UsageError, UserError } from '../../base/index.js'
import type { Environment } from '../environment.js'
import { expandPath } from '../expand-path.js'
import { defineConfig, type ProjectConfig, type ReleaseConfig } from './project-config.js'
import type { ResolvedProject, ResolvedRelease } from './resolved-project.js'

/** Names of a project's configuration; one folder may hold one of them. */
export const PROJECT_FILES = ['moult.config.ts', 'moult.config.json'] as const

const EMBEDDED = 'embedded'

/**
 * Reads the configuration of the project that a folder belongs to: of the folder itself or the nearest one
 * above it. A TypeScript file is run: it is trusted like the user who keeps it there. Undefined when there is
 * none.
 *
 * Errors: CONFIG_AMBIGUOUS, PROJECT_CONFIG_FAILED, PROJECT_CONFIG_INVALID.
 */
export async function loadProjectConfig(
  folder: string,
  environment: Environment,
): Promise<ResolvedProject | undefined> {
  const file = findProjectFile(folder)
  if (file === undefined) return undefined
  const value = file.endsWith('.json')
    ? await readJson(file)
    : await runTypeScript(file, environment)
  const { checkProject } = await import('./check-project.js')
  return resolveProject(checkProject(value, file), file, environment)
}

/** The configuration file of the folder or the nearest one above. */
export function findProjectFile(folder: string): string | undefined {
  const there = PROJECT_FILES.map((name) => join(folder, name)).filter((path) => existsSync(path))
  if (there.length > 1) {
    throw new UsageError('CONFIG_AMBIGUOUS', `There are two configurations: ${there.join(', ')}`, {
      hint: 'Keep one of them.',
      place: { file: there[0] ?? folder },
    })
  }
  const parent = dirname(resolve(folder))
  return there[0] ?? (parent === resolve(folder) ? undefined : findProjectFile(parent))
}

function resolveProject(
  config: ProjectConfig,
  file: string,
  environment: Environment,
): ResolvedProject {
  const expand = (path: string): string => expandPath(path, environment, dirname(file))
  const { autoInstall, python, limits } = config
  const interpreter = python?.interpreter ?? EMBEDDED
  return {
    file,
    source: config.source,
    to: config.to,
    releases: new Map(
      Object.entries(config.releases ?? {}).map(([series, release]) => [
        series,
        resolveRelease(release, expand),
      ]),
    ),
    autoInstall: typeof autoInstall === 'object' ? autoInstall.policy : autoInstall,
    autoInstallExcept: (typeof autoInstall === 'object' && autoInstall.exclude) || [],
    missingModules: config.decisions?.missingModules ?? {},
    interpreter: /[\\/]/.test(interpreter) ? expand(interpreter) : interpreter,
    openupgradelib: python?.openupgradelib && expand(python.openupgradelib),
    checkpoints: config.checkpoints ?? [],
    scriptSeconds: limits?.scriptSeconds,
    scriptMemory: limits?.scriptMemory,
  }
}

function resolveRelease(
  { addonsPath, upgradePath, scripts, profile, loader }: ReleaseConfig,
  expand: (path: string) => string,
): ResolvedRelease {
  return {
    addonsPath: addonsPath?.map(expand),
    upgradePath: upgradePath?.map(expand),
    scripts: scripts?.map(expand) ?? [],
    profile,
    loader,
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw failed(file, error)
    throw readError(error, file)
  }
}

async function runTypeScript(file: string, { cache }: Environment): Promise<unknown> {
  const { createJiti } = await import('jiti')
  // "moult" is this program, also where no package of that name is installed beside the file.
  const jiti = createJiti(file, {
    fsCache: join(cache, 'typescript'),
    virtualModules: { moult: { defineConfig } },
  })
  let loaded: unknown
  try {
    loaded = await jiti.import(file)
  } catch (error) {
    throw failed(file, error)
  }
  if (typeof loaded === 'object' && loaded !== null && 'default' in loaded) return loaded.default
  throw failed(file, new Error('the file has no default export'))
}

function failed(file: string, cause: unknown): UserError {
  return new UserError('PROJECT_CONFIG_FAILED', `${file} cannot be loaded: ${messageOf(cause)}`, {
    place: { file },
    hint: 'The file must be valid and say: export default defineConfig({ … }) (TypeScript), or hold an object (JSON).',
    cause,
  })
}
