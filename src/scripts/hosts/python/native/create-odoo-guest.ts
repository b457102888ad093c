import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeAbandoned } from '../../../../base/index.js'
import type { ScriptScope } from '../../script-host.js'
import { imageOperations } from '../images/index.js'
import { guestFolder, startInterpreter } from '../start-interpreter.js'
import { xmlOperations } from '../xml/index.js'
import { findGuestFolders, type GuestFolders } from './guest-folders.js'
import { NativeOrm } from './native-orm.js'
import { OdooGuest } from './odoo-guest.js'
import type { OdooGuestOptions } from './odoo-guest-options.js'

const DEFAULT_MEMORY = 2 * 1024 * 1024 * 1024

/**
 * Starts an interpreter and imports the release's Odoo in it. `scope` is what the import may use: addons
 * that are loaded server-wide log lines, few ask the database. Throws ODOO_SOURCE_UNKNOWN and what
 * {@link createPythonHost} and {@link OdooGuest} throw.
 */
export async function createOdooGuest(
  options: OdooGuestOptions,
  scope: ScriptScope,
): Promise<OdooGuest> {
  return startIn(await findGuestFolders(options), options, scope)
}

/** The same, for scripts and computations in the middle of an upgrade; no model is loaded yet. */
export async function openNativeOrm(
  options: OdooGuestOptions,
  scope: ScriptScope,
): Promise<NativeOrm> {
  const folders = await findGuestFolders(options)
  const guest = await startIn(folders, options, scope)
  const { mounts, addonsPaths, library } = folders
  const naming = options.interpreter === 'embedded' ? 'logical' : 'as-is'
  return new NativeOrm(guest, { mounts, addonsPaths, addons: {}, library }, naming)
}

async function startIn(
  folders: GuestFolders,
  options: OdooGuestOptions,
  scope: ScriptScope,
): Promise<OdooGuest> {
  const embedded = options.interpreter === 'embedded'
  const guest = guestFolder(options.interpreter)
  const data = embedded ? '/tmp/odoo' : await dataFolder()
  const cleanUp = async (): Promise<void> => {
    if (!embedded) await rm(data, { recursive: true, force: true })
  }
  const library = folders.library === undefined ? [] : [folders.library]
  try {
    const interpreter = await startInterpreter({
      interpreter: options.interpreter,
      release: options.release,
      mounts: folders.mounts,
      searchPath: [guest, ...library, folders.odoo, `${guest}/facade`],
      cacheDirectory: options.cacheDirectory,
      alone: true,
    })
    const memory = options.memory ?? DEFAULT_MEMORY
    const operations = { ...xmlOperations({ mounts: folders.mounts }), ...imageOperations() }
    const odoo = new OdooGuest({ interpreter, operations, memory, sharesMemory: embedded, cleanUp })
    await prepare(odoo, options, folders, { guest, data, scope })
    return odoo
  } catch (error) {
    await cleanUp()
    throw error
  }
}

/** Odoo's data directory, for what it writes besides attachments. */
async function dataFolder(): Promise<string> {
  await removeAbandoned(tmpdir(), DATA_FOLDER)
  return mkdtemp(join(tmpdir(), `moult-odoo-${process.pid}-`))
}

const DATA_FOLDER = /^moult-odoo-(\d+)-/

interface Preparation {
  readonly guest: string
  readonly data: string
  readonly scope: ScriptScope
}

async function prepare(
  odoo: OdooGuest,
  options: OdooGuestOptions,
  folders: GuestFolders,
  { guest, data, scope }: Preparation,
): Promise<void> {
  const parameters = {
    run: {
      release: options.release,
      addons_paths: folders.addonsPaths,
      addons: {},
      tolerant: true,
      user_paths: folders.mounts.map(({ guest: inGuest, shown }) => [inGuest, shown]),
      own_paths: [guest],
    },
    odoo: {
      odoo: folders.odoo,
      addons_paths: folders.addonsPaths,
      upgrade_paths: folders.upgradePaths,
      packages: folders.packages,
      filestore: folders.filestore,
      data_folder: data,
      environment: options.environment ?? {},
      server_wide: options.serverWide ?? ['base', 'web'],
    },
  }
  try {
    await odoo.run({ action: 'start', parameters, what: `Starting Odoo ${options.release}` }, scope)
  } catch (error) {
    await odoo.close()
    throw error
  }
}
