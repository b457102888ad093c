import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { codeOf, type Findings, readError, UserError } from '../../base/index.js'
import { iteratePython, type PythonDict } from '../../text/index.js'
import { type AdaptedVersion, adaptVersion, type Release, releaseRules } from '../release/index.js'
import { readAutoInstall } from './auto-install.js'
import type { Manifest, ModuleHooks } from './manifest.js'
import { invalidManifest, MANIFEST_NAMES, parseManifest, readModuleText } from './manifest-file.js'
import { reportManifest } from './manifest-findings.js'
import { flagOf, nameOf, numberOf, textOf, textsOf, writtenOf } from './manifest-values.js'

const READMES = ['README.rst', 'README.md', 'README.txt']
const ICON = 'static/description/icon.png'
const DEFAULT_VERSION = '1.0'
const DEFAULT_SEQUENCE = 100

/**
 * Reads the manifest of the module in `folder`, by the rules of a release (odoo/modules/module.py);
 * undefined when there is none. What Odoo merely logs goes to the findings.
 *
 * Errors: MODULE_MANIFEST_INVALID, MANIFEST_VERSION_INVALID; FILE_UNREADABLE, READ_FAILED.
 */
export async function readManifest(
  folder: string,
  release: Release,
  findings: Findings,
): Promise<Manifest | undefined> {
  const module = basename(folder)
  const names = await namesIn(folder)
  for (const name of MANIFEST_NAMES) {
    if (!names.has(name)) continue
    const file = join(folder, name)
    const text = await readModuleText(module, file)
    if (text === undefined) continue
    const dict = parseManifest(module, text, file)
    const { version, tail } = versionOf(module, dict, { file, release })
    reportManifest({ module, file, dict, tail }, release, findings)
    return {
      ...fieldsOf(module, dict, file),
      version,
      ...dependenciesOf(module, dict, { file, release }),
      ...filesOf(dict, release),
      description: textOf(dict.get('description')) || (await readmeIn(folder, names)),
      icon: nameOf(dict.get('icon')) ?? (await iconOf(module, folder, names)),
    }
  }
  return undefined
}

type Texts = Omit<
  Manifest,
  | 'version'
  | 'depends'
  | 'autoInstall'
  | 'autoInstallColumn'
  | 'data'
  | 'demo'
  | 'description'
  | 'icon'
>

function fieldsOf(module: string, dict: PythonDict, file: string): Texts {
  const text = (key: string): string => textOf(dict.get(key))
  const external = dict.get('external_dependencies')
  const needs = (key: string) => (external instanceof Map ? textsOf(external.get(key)) : [])
  return {
    module,
    file,
    name: text('name'),
    writtenVersion: dict.has('version') ? text('version') : DEFAULT_VERSION,
    installable: flagOf(dict, 'installable', true),
    category: dict.has('category') ? text('category') : 'Uncategorized',
    summary: text('summary'),
    author: dict.has('author') ? writtenOf(dict.get('author')) : 'Odoo S.A.',
    maintainer: text('maintainer'),
    contributors: textsOf(dict.get('contributors')),
    website: text('website'),
    url: text('url') || text('live_test_url'),
    license: text('license') || 'LGPL-3',
    sequence: numberOf(dict.get('sequence'), DEFAULT_SEQUENCE),
    application: flagOf(dict, 'application', false),
    web: flagOf(dict, 'web', false),
    externalDependencies: { python: needs('python'), bin: needs('bin') },
    excludes: textsOf(dict.get('excludes')),
    countries: textsOf(dict.get('countries')),
    hooks: hooksOf(dict),
    values: dict,
  }
}

function hooksOf(dict: PythonDict): ModuleHooks {
  const preInit = nameOf(dict.get('pre_init_hook'))
  const postInit = nameOf(dict.get('post_init_hook'))
  const uninstall = nameOf(dict.get('uninstall_hook'))
  const postLoad = nameOf(dict.get('post_load'))
  return {
    ...(preInit !== undefined && { preInit }),
    ...(postInit !== undefined && { postInit }),
    ...(uninstall !== undefined && { uninstall }),
    ...(postLoad !== undefined && { postLoad }),
  }
}

interface Where {
  readonly file: string
  readonly release: Release
}

function versionOf(module: string, dict: PythonDict, { file, release }: Where): AdaptedVersion {
  const version = dict.has('version') ? dict.get('version') : DEFAULT_VERSION
  if (typeof version !== 'string') {
    throw invalidManifest(module, 'the version is no text', { file, python: 'AttributeError' })
  }
  try {
    return adaptVersion(version, release, { module, place: { file } })
  } catch (error) {
    const isBroken = error instanceof UserError && error.code === 'MANIFEST_VERSION_INVALID'
    if (!isBroken || flagOf(dict, 'installable', true)) throw error
    return { version, tail: '' }
  }
}

function dependenciesOf(
  module: string,
  dict: PythonDict,
  { file, release }: Where,
): Pick<Manifest, 'depends' | 'autoInstall' | 'autoInstallColumn'> {
  if (dict.has('depends') && iteratePython(dict.get('depends')) === undefined) {
    throw invalidManifest(module, "'depends' is no list", { file, python: 'TypeError' })
  }
  const depends = textsOf(dict.get('depends'))
  const { major } = releaseRules(release)
  return { depends, ...readAutoInstall(module, dict, { file, depends, major }) }
}

function filesOf(dict: PythonDict, release: Release): Pick<Manifest, 'data' | 'demo'> {
  const { dataKeys, demoKeys } = releaseRules(release)
  const files = (keys: readonly string[]) => keys.flatMap((key) => textsOf(dict.get(key)))
  return { data: files(dataKeys), demo: files(demoKeys) }
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(folder))
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return new Set()
    throw readError(error, folder)
  }
}

async function readmeIn(folder: string, names: ReadonlySet<string>): Promise<string> {
  for (const name of READMES) {
    if (!names.has(name)) continue
    const text = await readModuleText(basename(folder), join(folder, name))
    if (text !== undefined) return text.replace(/\r\n?/g, '\n')
  }
  return ''
}

async function iconOf(module: string, folder: string, names: ReadonlySet<string>): Promise<string> {
  const own =
    names.has('static') && (await namesIn(join(folder, 'static/description'))).has('icon.png')
  return `/${own ? module : 'base'}/${ICON}`
}
