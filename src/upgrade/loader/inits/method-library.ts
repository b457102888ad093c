import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AddonsTree } from '../../../odoo/addons/index.js'
import type { ClassBody, ModelClass } from '../../../odoo/models/index.js'
import {
  type PythonBodyReader,
  type PythonFunctionBody,
  parsePythonLiteral,
} from '../../../text/index.js'

/** A method of a class, with the class that counts for `super()`. */
export interface FoundMethod {
  readonly definition: ModelClass
  readonly file: string
  readonly body: PythonFunctionBody
}

/** Reads bodies of methods, and constants of their files, when they are asked for. */
export class MethodLibrary {
  readonly #reader: PythonBodyReader
  readonly #tree: AddonsTree
  readonly #lines = new Map<string, readonly string[]>()
  readonly #bodies = new Map<string, PythonFunctionBody | undefined>()

  constructor(reader: PythonBodyReader, tree: AddonsTree) {
    this.#reader = reader
    this.#tree = tree
  }

  /** The first of the classes, most derived first, that has the method; `unread` for one that is no Python. */
  find(classes: readonly ModelClass[], name: string): FoundMethod | 'unread' | undefined {
    for (const definition of classes) {
      for (const owner of [definition, ...definition.pythonBases]) {
        const method = owner.methods.findLast((one) => one.name === name)
        if (method === undefined) continue
        const body = this.#body(owner, method.line, method.endLine)
        return body === undefined ? 'unread' : { definition, file: owner.place.file, body }
      }
    }
    return undefined
  }

  /** The text of all definitions of a method. */
  textOf(classes: readonly ModelClass[], name: string): string {
    return classes
      .flatMap((definition) => [definition, ...definition.pythonBases])
      .flatMap((owner) =>
        owner.methods
          .filter((one) => one.name === name)
          .map(({ line, endLine }) => this.#text(owner.place.file, line, endLine)),
      )
      .join('\n')
  }

  /** A constant at the top of a file, or of the file that it is imported from; undefined for anything else. */
  constant(file: string, name: string): string | number | undefined {
    const text = this.#linesOf(file).join('\n')
    const assigned = new RegExp(`^${name} *= *(.+)$`, 'm').exec(text)?.[1]
    if (assigned !== undefined) return literalOf(assigned)
    const imported = new RegExp(
      `^from +(\\S+) +import +(?:\\([^)]*|[^\\n(]*)\\b${name}\\b`,
      'm',
    ).exec(text)
    const source = imported?.[1] === undefined ? undefined : this.#fileOf(file, imported[1])
    return source === undefined || source === file ? undefined : this.constant(source, name)
  }

  #fileOf(file: string, module: string): string | undefined {
    const absolute = /^odoo\.addons\.(\w+)\.?(.*)$/.exec(module)
    const relative = /^(\.+)(.*)$/.exec(module)
    let folder: string | undefined
    let rest = ''
    if (absolute !== null) {
      folder = this.#tree.modules.get(absolute[1] ?? '')?.folder
      rest = absolute[2] ?? ''
    } else if (relative !== null) {
      folder = dirname(file)
      for (let level = 1; level < (relative[1] ?? '').length; level += 1) folder = dirname(folder)
      rest = relative[2] ?? ''
    }
    if (folder === undefined) return undefined
    const path = join(folder, ...rest.split('.'))
    return [`${path}.py`, join(path, '__init__.py')].find((one) => this.#linesOf(one).length > 0)
  }

  #body(owner: ClassBody, line: number, endLine: number): PythonFunctionBody | undefined {
    const { file } = owner.place
    const key = `${file}:${line}`
    if (!this.#bodies.has(key)) {
      this.#bodies.set(key, this.#reader.read(this.#text(file, line, endLine)))
    }
    return this.#bodies.get(key)
  }

  #text(file: string, line: number, endLine: number): string {
    return `${this.#linesOf(file)
      .slice(line - 1, endLine)
      .join('\n')}\n`
  }

  #linesOf(file: string): readonly string[] {
    const known = this.#lines.get(file)
    if (known !== undefined) return known
    const lines = readLines(file)
    this.#lines.set(file, lines)
    return lines
  }
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)
  } catch {
    return []
  }
}

function literalOf(text: string): string | number | undefined {
  try {
    const value = parsePythonLiteral(text)
    return typeof value === 'string' || typeof value === 'number' ? value : undefined
  } catch {
    return undefined
  }
}
