import { PAGE_BYTES, PAGES_ALLOWED, PAGES_REFUSED } from './worker-protocol.js'

/**
 * Refuses WebAssembly memory beyond the pages that the host allows at the moment: Python gets a
 * MemoryError. Node's own resource limits do not count this memory.
 */
export function limitMemory(state: Int32Array): void {
  const memory = (globalThis as unknown as WithWebAssembly).WebAssembly.Memory.prototype
  const grow = memory.grow
  const { load, store } = Atomics
  Object.defineProperty(memory, 'grow', {
    configurable: false,
    writable: false,
    value(this: GrowingMemory, pages: number): number {
      const wanted = this.buffer.byteLength / PAGE_BYTES + pages
      if (wanted > load(state, PAGES_ALLOWED)) {
        store(state, PAGES_REFUSED, 1)
        throw new RangeError('The memory limit of the script is reached')
      }
      return grow.call(this, pages)
    },
  })
}

/** Node's types leave WebAssembly to the browser's. */
interface WithWebAssembly {
  readonly WebAssembly: { readonly Memory: { readonly prototype: GrowingMemory } }
}

interface GrowingMemory {
  readonly buffer: ArrayBuffer
  readonly grow: (pages: number) => number
}

const FILE_BYTES = 256 * 1024 * 1024

/** Refuses temporary files, which lie in the process's memory, above 256 MiB altogether. */
export function limitFileMemory(fs: MemoryFileSystem): void {
  const memory = fs.filesystems.MEMFS
  const expand = memory.expandFileStorage
  let bytes = 0
  memory.expandFileStorage = (node, wanted) => {
    const before = node.contents?.length ?? 0
    if (wanted > before && bytes + wanted - before > FILE_BYTES) throw new fs.ErrnoError(NO_SPACE)
    expand.call(memory, node, wanted)
    bytes += (node.contents?.length ?? 0) - before
  }
}

/** Emscripten's number of ENOSPC. */
const NO_SPACE = 51

/** What Emscripten's file system in memory looks like from here. */
export interface MemoryFileSystem {
  readonly ErrnoError: new (code: number) => Error
  readonly filesystems: {
    readonly MEMFS: {
      expandFileStorage(node: { contents?: { readonly length: number } }, wanted: number): void
    }
  }
}
