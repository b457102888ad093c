import { execFileSync } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach } from 'vitest'
import {
  type ManagedOptions,
  type ManagedServer,
  raw,
  type ServerBinaries,
  startManaged,
} from '../../src/db/index.js'
import { findPostmaster } from '../../src/db/managed/postmaster.js'
import { type MoultChild, moultChild } from './child-process.js'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.js'

/** The directory of a managed server, a new one for each test; its servers are stopped after it. */
export class ManagedDirectory {
  readonly binaries: ServerBinaries
  /** The folder around the directory. */
  folder = ''
  directory = ''
  readonly #servers: ManagedServer[] = []
  /** An initialised directory, to copy instead of running initdb for each test. */
  #fresh: TemporaryFolder | undefined
  #folder: TemporaryFolder | undefined

  constructor(binaries: ServerBinaries) {
    this.binaries = binaries
  }

  /** Ties the directory to the tests of the surrounding `describe`. */
  use(): this {
    beforeAll(async () => {
      const fresh = await temporaryFolder()
      this.#fresh = fresh
      const options = { directory: join(fresh.path, 'managed'), binaries: this.binaries }
      await (await startManaged(options)).close()
      return () => fresh.remove()
    })
    beforeEach(async () => {
      this.#folder = await temporaryFolder()
      this.folder = this.#folder.path
      this.directory = join(this.folder, 'managed')
    })
    afterEach(async () => {
      for (const server of this.#servers.splice(0)) await server.close()
      await this.#folder?.remove()
    })
    return this
  }

  /** Puts an initialised cluster in the directory. */
  async useFresh(): Promise<void> {
    const fresh = join(this.#fresh?.path ?? '', 'managed')
    // Node's cp does not keep owners, which root's servers need.
    if (process.getuid?.() === 0) execFileSync('cp', ['-a', fresh, this.directory])
    else await cp(fresh, this.directory, { recursive: true })
  }

  start(options: Partial<ManagedOptions> = {}): Promise<ManagedServer> {
    return this.startAny({ directory: this.directory, binaries: this.binaries, ...options })
  }

  /** Starts a server without saying which PostgreSQL, or in another directory. */
  async startAny(options: ManagedOptions): Promise<ManagedServer> {
    const server = await startManaged(options)
    this.#servers.push(server)
    return server
  }

  /** The folder of the server of the directory's version. */
  home(): string {
    return join(this.directory, String(this.binaries.major))
  }

  /** The process of the server that runs in the directory. */
  async pid(): Promise<number | undefined> {
    return (await findPostmaster(join(this.home(), 'data')))?.pid
  }

  /** Another process, with the directory's server as `server`. */
  child(program: string): MoultChild {
    const options = { directory: this.directory, binaries: this.binaries }
    return moultChild(
      `const server = await db.startManaged(${JSON.stringify(options)})\n${program}`,
    )
  }
}

/** Runs a statement in a managed server's maintenance database. */
export function runIn(server: ManagedServer, text: string): Promise<void> {
  return server.withSession('postgres', (db) => db.execute(raw(text)))
}
