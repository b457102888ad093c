import { raw, type Session } from '../../src/db/index.js'
import {
  type NativeOrm,
  openNativeOrm,
  type ScriptCall,
  type ScriptHost,
  type ScriptScope,
  sqlOperations,
} from '../../src/scripts/hosts/index.js'
import { embeddedInMemory } from '../support/engines.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'
import { embedded, type TestHost, useOpenedHost } from './host-support.js'
import { guestOptions, withoutOdoo } from './native-support.js'

/**
 * A host whose scripts run beside the release's own Odoo in the embedded Python: packages and a filestore are
 * mounted, connections make transactions. An interpreter that was stopped is replaced.
 */
export function useOdooHost(): TestHost {
  return useOpenedHost(withoutOdoo !== undefined, async () => {
    const filestore = await temporaryFolder()
    return new OdooHost(filestore, await openSession())
  })
}

class OdooHost implements ScriptHost {
  readonly #filestore: TemporaryFolder
  readonly #database: OpenSession
  #orm: NativeOrm | undefined

  constructor(filestore: TemporaryFolder, database: OpenSession) {
    this.#filestore = filestore
    this.#database = database
  }

  async run(call: ScriptCall, scope: ScriptScope): Promise<void> {
    const { session } = this.#database
    const nothing = async (): Promise<void> => {}
    const sql = sqlOperations({ session, commit: nothing, rollback: nothing })
    const operations = { ...scope.operations, ...sql }
    if (this.#orm?.alive !== true) {
      await this.#orm?.close()
      const starting = { ...scope, operations, limits: {} }
      this.#orm = await openNativeOrm(guestOptions(embedded, this.#filestore.path), starting)
    }
    await session.execute(raw('SAVEPOINT script'))
    try {
      await this.#orm.run(call, { ...scope, session, operations })
    } finally {
      await session.execute(raw('ROLLBACK TO SAVEPOINT script; RELEASE SAVEPOINT script'))
    }
  }

  async close(): Promise<void> {
    await this.#orm?.close()
    await this.#database.close()
    await this.#filestore.remove()
  }
}

interface OpenSession {
  readonly session: Session
  close(): Promise<void>
}

async function openSession(): Promise<OpenSession> {
  const engine = await embeddedInMemory.open()
  let finish = (): void => {}
  const over = new Promise<void>((resolve) => {
    finish = resolve
  })
  let ended: Promise<void> = Promise.resolve()
  const session = await new Promise<Session>((resolve, reject) => {
    ended = engine.cluster.withSession(engine.cluster.maintenanceDatabase, async (opened) => {
      await opened.execute(raw('BEGIN'))
      resolve(opened)
      await over
      await opened.send('ROLLBACK')
    })
    ended.catch(reject)
  })
  return {
    session,
    close: async () => {
      finish()
      await ended
      await engine.close()
    },
  }
}
