import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** One block of code in a page of the manual. */
export interface DocBlock {
  /** `upgrade.md, line 41` */
  readonly where: string
  readonly language: string
  /** What stands behind the language: `example`, `script`. */
  readonly use: string
  readonly text: string
}

export const DOCS = resolve(import.meta.dirname, '../../docs')

const BLOCK = /^```(\w+)(?: (\w+))?\n([\s\S]*?)^```$/gm

/** The blocks of a page, in order. */
export function docBlocks(page: string): readonly DocBlock[] {
  const text = readPage(page)
  return [...text.matchAll(BLOCK)].map((match) => ({
    where: `${page}, line ${text.slice(0, match.index).split('\n').length}`,
    language: match[1] ?? '',
    use: match[2] ?? '',
    text: match[3] ?? '',
  }))
}

export function readPage(page: string): string {
  return readFileSync(join(DOCS, page), 'utf8')
}

/** The arguments of the commands of moult that a block shows, one list for each line. */
export function commandsOf({ text }: Pick<DocBlock, 'text'>): readonly (readonly string[])[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\s#.*$/, '').replace(/^npx /, ''))
    .filter((line) => line.startsWith('moult '))
    .map((line) => line.trim().split(/\s+/).slice(1))
}
