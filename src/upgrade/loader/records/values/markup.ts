import { idOf, type ValueScope } from './value-scope.js'

const REFERENCE = /[^%]%\((.*?)\)[ds]/gs
const EMPTY_ELEMENT = /<([\w:.-]+)((?:\s+[^\s=>/]+="[^"]*")*)\s*\/>/g
const VOID_ELEMENTS: ReadonlySet<string> = new Set([
  ...['area', 'base', 'basefont', 'br', 'col', 'frame', 'hr', 'img', 'input', 'isindex', 'link'],
  ...['meta', 'param', 'embed'],
])
const DECLARATION = '<?xml version="1.0"?>\n'

/** Puts ids in the place of `%(xml_id)d`, as odoo/tools/convert.py does. */
export function withIds(text: string, scope: ValueScope): string {
  let changed = text
  const done = new Set<string>()
  for (const match of text.matchAll(REFERENCE)) {
    const found = match[0].slice(1)
    if (done.has(found)) continue
    done.add(found)
    changed = changed.replaceAll(found, String(idOf(match[1] ?? '', scope)))
  }
  return changed.replaceAll('%%', '%')
}

/** A value of type xml: the elements, under one root, behind a declaration. */
export function xmlValue(content: string, scope: ValueScope): string {
  const wrapped = countElements(content) > 1 ? `<data>${content}</data>` : content
  return DECLARATION + withIds(wrapped, scope)
}

/** A value of type html: the elements as HTML writes them. */
export function htmlValue(content: string, scope: ValueScope): string {
  const html = content.replace(EMPTY_ELEMENT, (_, name: string, attributes: string) =>
    VOID_ELEMENTS.has(name.toLowerCase())
      ? `<${name}${attributes}>`
      : `<${name}${attributes}></${name}>`,
  )
  return withIds(html, scope)
}

/** How many elements stand side by side in what was serialised. */
export function countElements(content: string): number {
  let depth = 0
  let count = 0
  const tags =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)[\w:.-]+(?:\s+[^\s=>/]+="[^"]*")*\s*(\/?)>/g
  for (const [, closes, isEmpty] of content.matchAll(tags)) {
    if (closes === undefined) continue
    if (closes === '/') depth -= 1
    else {
      if (depth === 0) count += 1
      if (isEmpty !== '/') depth += 1
    }
  }
  return count
}

/** The root of a view's architecture alone: what the term translator of 16 and later keeps. */
export function rootOf(arch: string): string {
  const body = arch.replace(/^\s*<\?xml[^>]*\?>\s*/, '')
  const start = body.search(/<[A-Za-z_]/)
  const end = body.lastIndexOf('>')
  const last = lastElementEnd(body)
  return start < 0 ? body : body.slice(start, (last ?? end) + 1)
}

/** Comments behind the root go with it. */
function lastElementEnd(body: string): number | undefined {
  let text = body.trimEnd()
  while (text.endsWith('-->')) {
    const open = text.lastIndexOf('<!--')
    if (open < 0) return undefined
    text = text.slice(0, open).trimEnd()
  }
  const end = text.lastIndexOf('>')
  return end < 0 ? undefined : end
}

/** Name of the root element. */
export function rootTag(arch: string): string | undefined {
  return /<([A-Za-z_][\w:.-]*)/.exec(arch.replace(/<!--[\s\S]*?-->/g, ''))?.[1]
}
