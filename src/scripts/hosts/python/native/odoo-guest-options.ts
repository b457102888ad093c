import type { HelperLibrary, PythonInterpreter } from '../python-host-options.js'

/** What the release's own Odoo is started with; it runs as a guest of this process. */
export interface OdooGuestOptions {
  readonly interpreter: PythonInterpreter
  /** Series of the target release, such as `16.0`. */
  readonly release: string
  /** Folder of the release's source tree that holds the package `odoo`. */
  readonly odoo: string
  /** Entries of the addons path, in search order. */
  readonly addonsPaths: readonly string[]
  /** Entries of the upgrade path; left out, `openupgrade_framework` finds its own. */
  readonly upgradePaths?: readonly string[]
  /** Folders with the Python packages that Odoo imports, besides the interpreter's own. */
  readonly packages: readonly string[]
  /** What `import openupgradelib` finds. The built-in one asks for operations that the caller has to give. */
  readonly library?: HelperLibrary
  /** Folder with the contents of attachments; read and written. */
  readonly filestore: string
  /** Modules imported before the registry is made, as in `--load`; `base` and `web` unless told. */
  readonly serverWide?: readonly string[]
  /** Variables that addons read, such as OPENUPGRADE_USE_DEMO. */
  readonly environment?: Readonly<Record<string, string>>
  /** Bytes of memory of an embedded interpreter; 2 GiB unless told. */
  readonly memory?: number
  /** Where a picture of a started interpreter is kept for faster starts. */
  readonly cacheDirectory?: string
}
