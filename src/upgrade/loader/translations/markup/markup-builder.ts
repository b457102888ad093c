import { MarkupError } from './markup-error.js'
import type { MarkupAttribute, MarkupElement, MarkupNode } from './markup-node.js'

interface Building {
  readonly name: string
  readonly isForeign: boolean
  readonly attributes: readonly MarkupAttribute[]
  text: string
  readonly children: { readonly node: MarkupNode; tail: string }[]
}

/** Puts a tree together from what a parser meets, in its order. */
export class MarkupBuilder {
  readonly #open: Building[] = []
  #root: MarkupElement | undefined

  /** Names of the elements that are open, outermost first. */
  get path(): readonly string[] {
    return this.#open.map(({ name }) => name)
  }

  get depth(): number {
    return this.#open.length
  }

  get isForeign(): boolean {
    return this.#open.at(-1)?.isForeign === true
  }

  get root(): MarkupElement | undefined {
    return this.#root
  }

  start(name: string, attributes: readonly MarkupAttribute[], isForeign: boolean): void {
    this.#open.push({ name, attributes, isForeign, text: '', children: [] })
  }

  text(text: string, position: number): void {
    const parent = this.#open.at(-1)
    if (parent === undefined) throw new MarkupError('Text outside of the root', position)
    const last = parent.children.at(-1)
    if (last === undefined) parent.text += text
    else last.tail += text
  }

  /** A comment or an instruction; outside of the root it is dropped. */
  other(source: string): void {
    this.#open.at(-1)?.children.push({ node: { kind: 'other', source, tail: '' }, tail: '' })
  }

  end(): void {
    const done = this.#open.pop()
    if (done === undefined) return
    const children = done.children.map(({ node, tail }) => ({ ...node, tail }))
    const element: MarkupElement = { kind: 'element', ...done, children, tail: '' }
    const parent = this.#open.at(-1)
    if (parent === undefined) this.#root = element
    else parent.children.push({ node: element, tail: '' })
  }
}
