import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalName } from './distribution-name.js'

/** What a folder holds of a package. */
export interface InspectedPackage {
  readonly kind: 'pure' | 'compiled'
  readonly version: string | undefined
}

/** Packages whose machine code only makes faster what their Python code does as well. */
const ACCELERATED: ReadonlySet<string> = new Set(['markupsafe', 'reportlab', 'vobject'])

const EXTENSION = /\.(?:so|pyd|dylib)$/
const METADATA = /^(.+?)-([^-]+?)(?:-py[\d.]+)?\.(?:dist-info|egg-info)$/

/** One folder of packages, listed once. */
export class PackageFolder {
  readonly path: string
  readonly #entries: ReadonlySet<string>
  readonly #versions: ReadonlyMap<string, string>

  private constructor(path: string, entries: readonly string[]) {
    this.path = path
    this.#entries = new Set(entries)
    this.#versions = new Map(
      entries.flatMap((entry) => {
        const [, name, version] = METADATA.exec(entry) ?? []
        return name === undefined || version === undefined ? [] : [[canonicalName(name), version]]
      }),
    )
  }

  /** Undefined where there is no such folder. */
  static async open(path: string): Promise<PackageFolder | undefined> {
    try {
      return new PackageFolder(path, await readdir(path))
    } catch {
      return undefined
    }
  }

  /** What the folder holds of a package; undefined where it holds nothing of it. */
  async inspect(name: string, distribution: string): Promise<InspectedPackage | undefined> {
    const version = this.#versions.get(canonicalName(distribution))
    if (this.#entries.has(`${name}.py`)) {
      const kind = this.#hasExtension(`_${name}`) ? 'compiled' : 'pure'
      return { kind, version: version ?? (await this.#ownVersion(`${name}.py`)) }
    }
    if (this.#entries.has(name) && (await isFolder(join(this.path, name)))) {
      const kind = (await this.#isCompiled(name)) ? 'compiled' : 'pure'
      return { kind, version: version ?? (await this.#ownVersion(join(name, '__init__.py'))) }
    }
    return this.#hasExtension(name) ? { kind: 'compiled', version } : undefined
  }

  async #isCompiled(name: string): Promise<boolean> {
    if (ACCELERATED.has(name)) return false
    if (this.#hasExtension(`_${name}`)) return true
    const files = await readdir(join(this.path, name), { recursive: true })
    return files.some((file) => EXTENSION.test(file))
  }

  /** `ldap` keeps its core in `_ldap.cpython-311-x86_64-linux-gnu.so` beside itself. */
  #hasExtension(stem: string): boolean {
    for (const entry of this.#entries) {
      if (entry.startsWith(`${stem}.`) && EXTENSION.test(entry)) return true
    }
    return false
  }

  async #ownVersion(file: string): Promise<string | undefined> {
    try {
      const text = await readFile(join(this.path, file), 'utf8')
      return /^__version__\s*=\s*["']([^"']+)["']/m.exec(text)?.[1]
    } catch {
      return undefined
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}
