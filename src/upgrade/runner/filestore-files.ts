import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { readError, UserError, writeError } from '../../base/index.js'

/**
 * The filestore of a database under upgrade, for contents of attachments. Names are made of the contents, so
 * that a file that a rolled-back step leaves behind is only an orphan.
 */
export class FilestoreFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async read(storeName: string): Promise<Uint8Array> {
    const path = this.#path(storeName)
    try {
      return await readFile(path)
    } catch (error) {
      throw readError(error, path)
    }
  }

  async write(storeName: string, content: Uint8Array): Promise<void> {
    const path = this.#path(storeName)
    const partial = `${path}.${process.pid}.part`
    try {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(partial, content)
      await rename(partial, path)
    } catch (error) {
      await rm(partial, { force: true })
      throw writeError(error, path)
    }
  }

  #path(storeName: string): string {
    const name = normalize(storeName)
    if (/^[0-9a-f]{2}\/[0-9a-f]{40}$/.test(name)) return join(this.#folder, name)
    throw new UserError(
      'STORE_NAME_INVALID',
      `"${storeName}" is no name of a file in a filestore`,
      {
        hint: 'Attachments hold two hexadecimal digits, a slash and a SHA-1 in store_fname.',
      },
    )
  }
}
