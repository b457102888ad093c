import { readFileSync, realpathSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import type { XmlInputProvider } from 'libxml2-wasm'
import type { Mount } from '../interpreter.js'

/** Reads the files that a guest can read, by the names the guest knows them by. */
export class GrammarFiles {
  readonly #mounts: readonly Mount[]

  constructor(mounts: readonly Mount[]) {
    // The deepest first: a mount may lie inside another one.
    this.#mounts = [...mounts].sort((a, b) => b.guest.length - a.guest.length)
  }

  /** A file's bytes; undefined where there is none that the guest may read. */
  read(path: string): Uint8Array | undefined {
    const clean = posix.normalize(path.replace(/^file:\/\//, ''))
    const mount = this.#mounts.find(({ guest }) => clean.startsWith(`${guest}/`))
    if (mount === undefined) return undefined
    try {
      const real = realpathSync(join(mount.host, clean.slice(mount.guest.length)))
      const isInside = this.#mounts.some(({ host }) => real.startsWith(host + sep))
      return isInside ? readFileSync(real) : undefined
    } catch {
      return undefined
    }
  }

  /**
   * What libxml2 asks for the files that a grammar includes: those of `given`, else those of the guest's
   * folders. `used` hears of each one that was read there.
   */
  provider(
    given: ReadonlyMap<string, Uint8Array> | undefined,
    used: (path: string, content: Uint8Array) => void,
  ): XmlInputProvider {
    const open = new Map<number, { readonly content: Uint8Array; offset: number }>()
    let last = 0
    return {
      match: () => true,
      open: (path) => {
        const content = given === undefined ? this.read(decodeURI(path)) : named(given, path)
        if (content === undefined) return undefined
        if (given === undefined) used(path, content)
        last += 1
        open.set(last, { content, offset: 0 })
        return last
      },
      read: (handle, buffer) => {
        const file = open.get(handle)
        if (file === undefined) return -1
        const part = file.content.subarray(file.offset, file.offset + buffer.byteLength)
        buffer.set(part)
        file.offset += part.byteLength
        return part.byteLength
      },
      close: (handle) => open.delete(handle),
    }
  }
}

/** libxml2 has put the grammar's folder before the name that the grammar uses. */
function named(files: ReadonlyMap<string, Uint8Array>, path: string): Uint8Array | undefined {
  const clean = decodeURI(path)
  for (const [name, content] of files) {
    const short = posix.normalize(name).replace(/^(?:\.\.\/)+/, '')
    if (clean === name || clean === short || clean.endsWith(`/${short}`)) return content
  }
  return undefined
}
