import nodeFs from 'node:fs'
import { dirname, sep } from 'node:path'
import type { Mount } from '../interpreter.js'
import type { EmscriptenFiles, FileNode, FileStream } from './read-only-files.js'

/** Emscripten's numbers of errors. */
const ERRNO = { EACCES: 2, EEXIST: 20, EINVAL: 28, EIO: 29, EISDIR: 31, ENOENT: 44, ENOSPC: 51 }

/** What Odoo writes below a database's filestore: contents by their SHA-1, and marks for their collector. */
const NAMES = /^(?:checklist\/)?[0-9a-f]{2}(?:\/[0-9a-f]{40})?$|^(?:checklist)?$/

const DIRECTORY = 0o040000
const KIND_BITS = 0o170000
const ALL_RIGHTS = 0o777
const ACCESS_AND_APPEND = 3 | 1024
const MAX_DEPTH = 8
/** Of a file's flags: for writing, or for reading and writing. */
const WRITES = 3

/**
 * A database's filestore as a folder of the interpreter that can be written. Only names of attachments exist
 * in it, and nothing is followed out of it. Like the read-only folders, it takes hold of `node:fs` when made.
 */
export class AttachmentFiles {
  readonly #fs: EmscriptenFiles
  readonly #disk = {
    realpath: nodeFs.realpathSync.native,
    stat: nodeFs.lstatSync,
    readdir: nodeFs.readdirSync,
    open: nodeFs.openSync,
    read: nodeFs.readSync,
    write: nodeFs.writeSync,
    close: nodeFs.closeSync,
    mkdir: nodeFs.mkdirSync,
    truncate: nodeFs.ftruncateSync,
    unlink: nodeFs.unlinkSync,
    flags: nodeFs.constants,
  }
  /** Kept apart from the nodes, which a script might forge. */
  readonly #tops = new WeakMap<object, string>()
  readonly #descriptors = new Set<number>()
  /** Files that were made here. Others may be the same files as those of another database's filestore. */
  readonly #made = new Set<string>()

  constructor(fs: EmscriptenFiles) {
    this.#fs = fs
  }

  mount({ guest, host }: Mount): void {
    this.#fs.mkdirTree(guest)
    const mount = (): FileNode => {
      const node = this.#fs.createNode(null, '/', DIRECTORY | ALL_RIGHTS, 0)
      this.#tops.set(node, host)
      return this.#equip(node)
    }
    this.#fs.mount({ mount }, {}, guest)
  }

  #equip(node: FileNode): FileNode {
    node.node_ops = this.#nodeOperations
    node.stream_ops = this.#streamOperations
    return node
  }

  readonly #refuse = (): never => {
    throw this.#error('EACCES')
  }

  readonly #nodeOperations = {
    getattr: (node: FileNode) => {
      const stat = this.#try(() => this.#disk.stat(this.#path(node)))
      const { size, atime, mtime, ctime, nlink } = stat
      const rest = { dev: 2, ino: node.id, nlink, uid: 0, gid: 0, rdev: 0, blksize: 4096 }
      const mode = (stat.mode & KIND_BITS) | ALL_RIGHTS
      return { ...rest, blocks: Math.ceil(size / 512), mode, size, atime, mtime, ctime }
    },
    setattr: (node: FileNode, attributes: { readonly size?: number }) => {
      const { size } = attributes
      if (size === undefined) return
      this.#refuseOld(this.#path(node))
      const { O_WRONLY, O_NOFOLLOW } = this.#disk.flags
      // Not by name: Node's own function for that goes through functions that are refused by now.
      this.#try(() => {
        const descriptor = this.#disk.open(this.#path(node), O_WRONLY | O_NOFOLLOW)
        this.#disk.truncate(descriptor, size)
        this.#disk.close(descriptor)
      })
    },
    lookup: (parent: FileNode, name: string) => {
      const { mode } = this.#try(() => this.#disk.stat(this.#path(parent, name, 'ENOENT')))
      return this.#equip(this.#fs.createNode(parent, name, (mode & KIND_BITS) | ALL_RIGHTS, 0))
    },
    mknod: (parent: FileNode, name: string, mode: number) => {
      const path = this.#path(parent, name)
      const { O_CREAT, O_EXCL, O_WRONLY } = this.#disk.flags
      this.#try(() => {
        if ((mode & KIND_BITS) === DIRECTORY) this.#disk.mkdir(path)
        else this.#disk.close(this.#disk.open(path, O_CREAT | O_EXCL | O_WRONLY, 0o644))
      })
      this.#made.add(path)
      return this.#equip(this.#fs.createNode(parent, name, (mode & KIND_BITS) | ALL_RIGHTS, 0))
    },
    unlink: (parent: FileNode, name: string) => {
      this.#try(() => this.#disk.unlink(this.#path(parent, name)))
    },
    readdir: (node: FileNode) => {
      const names = this.#try(() => this.#disk.readdir(this.#path(node)))
      return ['.', '..', ...names]
    },
    rename: this.#refuse,
    rmdir: this.#refuse,
    symlink: this.#refuse,
    readlink: (): never => {
      throw this.#error('EINVAL')
    },
  }

  readonly #streamOperations = {
    getattr: (stream: FileStream) => this.#nodeOperations.getattr(stream.node),
    setattr: (stream: FileStream, attributes: { readonly size?: number }) =>
      this.#nodeOperations.setattr(stream.node, attributes),
    open: (stream: FileStream) => {
      const flags = (stream.flags & ACCESS_AND_APPEND) | this.#disk.flags.O_NOFOLLOW
      if ((this.#nodeOperations.getattr(stream.node).mode & KIND_BITS) === DIRECTORY) return
      const path = this.#path(stream.node)
      if ((flags & WRITES) !== 0) this.#refuseOld(path)
      stream.descriptor = this.#try(() => this.#disk.open(path, flags))
      this.#descriptors.add(stream.descriptor)
    },
    close: (stream: FileStream) => {
      const { descriptor } = stream
      if (descriptor === undefined || !this.#descriptors.delete(descriptor)) return
      this.#try(() => this.#disk.close(descriptor))
    },
    dup: this.#refuse,
    read: (stream: FileStream, buffer: Int8Array, offset: number, length: number, at: number) =>
      this.#try(() => this.#disk.read(this.#descriptorOf(stream), buffer, offset, length, at)),
    write: (stream: FileStream, buffer: Int8Array, offset: number, length: number, at: number) =>
      this.#try(() => this.#disk.write(this.#descriptorOf(stream), buffer, offset, length, at)),
    llseek: (stream: FileStream, offset: number, whence: number) => {
      const end = (): number => this.#nodeOperations.getattr(stream.node).size
      const base = whence === 2 ? end() : whence === 1 ? stream.position : 0
      if (base + offset < 0) throw this.#error('EINVAL')
      return base + offset
    },
    msync: this.#refuse,
  }

  /** Odoo writes contents once, under a name that says what they are; only its empty marks are touched again. */
  #refuseOld(path: string): void {
    if (this.#made.has(path)) return
    if (this.#try(() => this.#disk.stat(path)).size > 0) throw this.#error('EACCES')
  }

  /** Only descriptors that were opened here: a number may be forged. */
  #descriptorOf({ descriptor }: FileStream): number {
    if (descriptor !== undefined && this.#descriptors.has(descriptor)) return descriptor
    throw this.#error('EISDIR')
  }

  /** The path of a node, or of a name in it; refused unless Odoo has such names. */
  #path(node: FileNode, name?: string, refusal: keyof typeof ERRNO = 'EACCES'): string {
    const parts = name === undefined ? [] : [name]
    let current = node
    let top = this.#tops.get(current)
    while (top === undefined) {
      if (current.parent === current || parts.length > MAX_DEPTH) throw this.#error('EACCES')
      parts.unshift(current.name)
      current = current.parent
      top = this.#tops.get(current)
    }
    if (!NAMES.test(parts.join('/'))) throw this.#error(refusal)
    if (parts.length === 0) return top
    const path = [top, ...parts].join(sep)
    const folder = this.#try(() => this.#disk.realpath(dirname(path)))
    if (folder !== top && !folder.startsWith(top + sep)) throw this.#error('EACCES')
    return path
  }

  #try<T>(body: () => T): T {
    try {
      return body()
    } catch (error) {
      if (error instanceof this.#fs.ErrnoError) throw error
      const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
      throw this.#error(typeof code === 'string' ? code : 'EIO')
    }
  }

  #error(code: string): Error {
    const known = Object.hasOwn(ERRNO, code) ? ERRNO[code as keyof typeof ERRNO] : ERRNO.EIO
    return new this.#fs.ErrnoError(known)
  }
}
