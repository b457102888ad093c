import nodeFs from 'node:fs'
import { sep } from 'node:path'
import type { Mount } from '../interpreter.js'
import type { MemoryFileSystem } from './limit-memory.js'

/** What Emscripten's file system looks like from here. */
export interface EmscriptenFiles extends MemoryFileSystem {
  readonly filesystems: MemoryFileSystem['filesystems'] & Record<string, unknown>
  mkdirTree(path: string): void
  mount(type: object, options: object, path: string): unknown
  unmount(path: string): void
  createNode(parent: FileNode | null, name: string, mode: number, device: number): FileNode
}

export interface FileNode {
  readonly parent: FileNode
  readonly name: string
  readonly mode: number
  readonly id: number
  node_ops: object
  stream_ops: object
}

export interface FileStream {
  readonly node: FileNode
  readonly flags: number
  position: number
  descriptor?: number
}

/** Emscripten's numbers of errors. */
const ERRNO = { EACCES: 2, EINVAL: 28, EIO: 29, EISDIR: 31, ENOENT: 44, ENOTDIR: 54, EROFS: 69 }

const WRITE_FLAGS = 3
const KIND_BITS = 0o170000
/** Emscripten asks these before the operation itself, which then refuses with the right error. */
const ALL_RIGHTS = 0o777

/**
 * Folders of the host as read-only folders of the interpreter. A path counts by where it really leads:
 * a symbolic link out of the mounted folders is refused. The functions of `node:fs` are taken hold of
 * when this is made, before they are confined; only this object has them then.
 */
export class ReadOnlyFiles {
  readonly #fs: EmscriptenFiles
  readonly #disk = {
    realpath: nodeFs.realpathSync.native,
    stat: nodeFs.statSync,
    readdir: nodeFs.readdirSync,
    open: nodeFs.openSync,
    read: nodeFs.readSync,
    close: nodeFs.closeSync,
  }
  /** Kept apart from the nodes, which a script might forge. */
  readonly #roots = new Map<string, string>()
  readonly #tops = new WeakMap<object, string>()

  constructor(fs: EmscriptenFiles) {
    this.#fs = fs
  }

  mount({ guest, host }: Mount): void {
    this.#fs.mkdirTree(guest)
    this.#roots.set(guest, host)
    this.#fs.mount({ mount: () => this.#top(host) }, {}, guest)
  }

  unmount({ guest }: Mount): void {
    this.#fs.unmount(guest)
    this.#roots.delete(guest)
  }

  #top(host: string): FileNode {
    const node = this.#fs.createNode(null, '/', this.#stat(host).mode, 0)
    this.#tops.set(node, host)
    return this.#equip(node)
  }

  #equip(node: FileNode): FileNode {
    node.node_ops = this.#nodeOperations
    node.stream_ops = this.#streamOperations
    return node
  }

  readonly #refuse = (): never => {
    throw new this.#fs.ErrnoError(ERRNO.EROFS)
  }

  readonly #nodeOperations = {
    getattr: (node: FileNode) => this.#attributes(node),
    lookup: (parent: FileNode, name: string) => {
      const mode = this.#stat(this.#resolve(parent, name)).mode
      return this.#equip(this.#fs.createNode(parent, name, mode, 0))
    },
    readdir: (node: FileNode) => {
      const path = this.#resolve(node)
      const entries = this.#try(() => this.#disk.readdir(path, { withFileTypes: true }))
      // The interpreter asks what each entry is; one that leads out would fail the whole listing.
      const visible = entries.filter(
        (one) => !one.isSymbolicLink() || this.#leadsIn(node, one.name),
      )
      return ['.', '..', ...visible.map(({ name }) => name)]
    },
    setattr: this.#refuse,
    mknod: this.#refuse,
    rename: this.#refuse,
    unlink: this.#refuse,
    rmdir: this.#refuse,
    symlink: this.#refuse,
    readlink: (): never => {
      throw new this.#fs.ErrnoError(ERRNO.EINVAL)
    },
  }

  readonly #streamOperations = {
    getattr: (stream: FileStream) => this.#attributes(stream.node),
    setattr: this.#refuse,
    open: (stream: FileStream) => {
      if ((stream.flags & WRITE_FLAGS) !== 0) this.#refuse()
      const path = this.#resolve(stream.node)
      if (!this.#stat(path).isFile) return
      stream.descriptor = this.#try(() => this.#disk.open(path, 'r'))
      this.#descriptors.add(stream.descriptor)
    },
    close: (stream: FileStream) => {
      const { descriptor } = stream
      if (descriptor === undefined || !this.#descriptors.delete(descriptor)) return
      this.#try(() => this.#disk.close(descriptor))
    },
    dup: (stream: FileStream) => {
      // Emscripten's duplicates share what they were opened with; each gets a descriptor of its own.
      const path = this.#resolve(stream.node)
      stream.descriptor = this.#try(() => this.#disk.open(path, 'r'))
      this.#descriptors.add(stream.descriptor)
    },
    read: (
      stream: FileStream,
      buffer: Int8Array,
      offset: number,
      length: number,
      position: number,
    ) => {
      const { descriptor } = stream
      // Only descriptors that were opened here: a number may be forged.
      if (descriptor === undefined || !this.#descriptors.has(descriptor)) {
        throw new this.#fs.ErrnoError(ERRNO.EISDIR)
      }
      return this.#try(() => this.#disk.read(descriptor, buffer, offset, length, position))
    },
    write: this.#refuse,
    llseek: (stream: FileStream, offset: number, whence: number) => {
      const base = [0, stream.position, this.#attributes(stream.node).size][whence] ?? 0
      if (base + offset < 0) throw new this.#fs.ErrnoError(ERRNO.EINVAL)
      return base + offset
    },
    msync: this.#refuse,
  }

  readonly #descriptors = new Set<number>()

  /** The real path of a node, or of a name in it, when it lies in a mounted folder. */
  #resolve(node: FileNode, name?: string): string {
    const parts = name === undefined ? [] : [name]
    let current = node
    for (let top = this.#tops.get(current); top === undefined; top = this.#tops.get(current)) {
      if (current.parent === current || parts.length > MAX_DEPTH) throw this.#error('EACCES')
      parts.unshift(current.name)
      current = current.parent
    }
    const path = [this.#tops.get(current), ...parts].join(sep)
    const real = this.#try(() => this.#disk.realpath(path))
    for (const root of this.#roots.values()) {
      if (real === root || real.startsWith(root + sep)) return real
    }
    throw this.#error('EACCES')
  }

  #leadsIn(folder: FileNode, name: string): boolean {
    try {
      this.#resolve(folder, name)
      return true
    } catch {
      return false
    }
  }

  #stat(path: string): { readonly mode: number; readonly isFile: boolean; readonly size: number } {
    const stat = this.#try(() => this.#disk.stat(path))
    return { mode: (stat.mode & KIND_BITS) | ALL_RIGHTS, isFile: stat.isFile(), size: stat.size }
  }

  #attributes(node: FileNode): { readonly size: number } & Record<string, unknown> {
    const path = this.#resolve(node)
    const stat = this.#try(() => this.#disk.stat(path))
    const { size, atime, mtime, ctime, nlink } = stat
    const mode = (stat.mode & KIND_BITS) | ALL_RIGHTS
    const blocks = Math.ceil(size / 512)
    const rest = { dev: 1, ino: node.id, nlink, uid: 0, gid: 0, rdev: 0, blksize: 4096, blocks }
    return { ...rest, mode, size, atime, mtime, ctime }
  }

  #try<T>(body: () => T): T {
    try {
      return body()
    } catch (error) {
      const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
      throw this.#error(typeof code === 'string' ? code : 'EIO')
    }
  }

  #error(code: string): Error {
    const known = Object.hasOwn(ERRNO, code) ? ERRNO[code as keyof typeof ERRNO] : ERRNO.EIO
    return new this.#fs.ErrnoError(known)
  }
}

const MAX_DEPTH = 256
