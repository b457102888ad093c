import { type Finding, Findings } from '../../src/base/index.js'
import {
  type ReadSources,
  readSources,
  type Sources,
} from '../../src/odoo/models/fixtures/read-sources.js'
import {
  type ModuleLoad,
  type ModuleReflection,
  Registry,
  type RegistryField,
  type RegistryOptions,
  reflectModule,
} from '../../src/odoo/registry/index.js'
import { parseRelease } from '../../src/odoo/release/index.js'

/** The root of all models, without which nothing can be loaded. */
export const BASE: Sources = {
  'base/__init__.py': [
    'from odoo import fields, models',
    'class Base(models.AbstractModel):',
    "    _name = 'base'",
    'class Users(models.Model):',
    "    _name = 'res.users'",
    '    name = fields.Char()',
    '',
  ].join('\n'),
}

export interface LoadedRegistry {
  readonly registry: Registry
  readonly loads: readonly ModuleLoad[]
  readonly reflections: readonly ModuleReflection[]
  readonly read: ReadSources
  readonly findings: readonly Finding[]
  /** A field as it is at the end; throws where there is none. */
  readonly field: (model: string, name: string) => RegistryField
}

/** Reads modules behind `base` and loads them in the order in which they are given. */
export async function loadRegistry(
  sources: Sources,
  { major = 16, ...options }: RegistryOptions & { readonly major?: number } = {},
): Promise<LoadedRegistry> {
  const read = await readSources({ ...BASE, ...sources }, major)
  const findings = new Findings()
  const release = parseRelease(`${major}.0`)
  if (release === undefined) throw new Error(`${major} is no release`)
  const registry = new Registry(release, findings, options)
  const loads: ModuleLoad[] = []
  const reflections: ModuleReflection[] = []
  for (const module of read.modules.values()) {
    const load = registry.load(module)
    loads.push(load)
    reflections.push(reflectModule(load, registry))
  }
  const field = (model: string, name: string): RegistryField => {
    const found = registry.models.get(model)?.fields.get(name)
    if (found === undefined) throw new Error(`${model} has no ${name}`)
    return found
  }
  return { registry, loads, reflections, read, findings: findings.list(), field }
}
