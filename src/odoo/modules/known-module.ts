import type { MoultError } from '../../base/index.js'
import type { AddonsTree, ExternalDependencies, ModuleSource } from '../addons/index.js'

/** A module on the addons path, as its manifest tells it: what graph, marking and list update need. */
export interface KnownModule {
  readonly name: string
  /** Normalised: it starts with the series. */
  readonly version: string
  readonly depends: readonly string[]
  readonly installable: boolean
  /** The dependencies whose presence installs it, all of them needed; false when it never installs itself. */
  readonly autoInstall: false | ReadonlySet<string>
  /** What the column `auto_install` gets, where it is not whether `autoInstall` is false. */
  readonly autoInstallColumn?: boolean
  readonly excludes: readonly string[]
  /** ISO codes of countries. */
  readonly countries: readonly string[]
  readonly hasData: boolean
  readonly hasDemo: boolean
  readonly externalDependencies: ExternalDependencies
  /** Why the manifest cannot be read; the other members then say nothing. */
  readonly problem?: MoultError
}

export type KnownModules = ReadonlyMap<string, KnownModule>

const DEFAULTS: Omit<KnownModule, 'name'> = {
  version: '',
  depends: [],
  installable: true,
  autoInstall: false,
  excludes: [],
  countries: [],
  hasData: false,
  hasDemo: false,
  externalDependencies: { python: [], bin: [] },
}

/** A module with Odoo's defaults for whatever is not given. */
export function knownModule(given: Partial<KnownModule> & Pick<KnownModule, 'name'>): KnownModule {
  return { ...DEFAULTS, ...given }
}

/** The modules of an addons tree, by name. */
export function knownModules(tree: Pick<AddonsTree, 'modules'>): KnownModules {
  return new Map([...tree.modules].map(([name, source]) => [name, fromSource(source)]))
}

function fromSource({ name, manifest, problem }: ModuleSource): KnownModule {
  if (manifest === undefined) return knownModule({ name, problem })
  const { version, depends, installable, autoInstall, autoInstallColumn } = manifest
  const { excludes, countries, externalDependencies } = manifest
  return {
    ...{ name, version, depends, installable, autoInstall, autoInstallColumn },
    ...{ excludes, countries, externalDependencies },
    hasData: manifest.data.length > 0,
    hasDemo: manifest.demo.length > 0,
  }
}
