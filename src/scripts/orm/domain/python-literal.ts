import { type GuestValue, PyTuple } from '../../values/index.js'

const TOKEN =
  /\s*(?:(?<number>-?\d+(?:\.\d+)?)|(?<name>True|False|None)\b|(?<quote>[rbu]?'(?:[^'\\]|\\.)*'|[rbu]?"(?:[^"\\]|\\.)*")|(?<mark>[[\](),]))/suy

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' }

/**
 * Reads a Python literal of lists, tuples, texts, numbers, booleans and None, such as the domain of a custom
 * field; undefined when the text is anything else (a name, a call).
 */
export function readPythonLiteral(text: string): GuestValue | undefined {
  const tokens = tokenize(text)
  if (tokens === undefined) return undefined
  const reader = { tokens, at: 0 }
  const value = readValue(reader)
  return reader.at === tokens.length ? value : undefined
}

type Token = { readonly value: GuestValue } | { readonly mark: string }

function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  const source = text.trim()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const groups = TOKEN.exec(source)?.groups
    if (groups === undefined) return undefined
    tokens.push(tokenOf(groups))
  }
  return tokens
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token {
  const { number, name, quote, mark } = groups
  if (number !== undefined) return { value: Number(number) }
  if (name !== undefined) return { value: name === 'None' ? null : name === 'True' }
  if (quote !== undefined) return { value: unquote(quote) }
  return { mark: mark ?? '' }
}

function unquote(quoted: string): string {
  return quoted
    .replace(/^[rbu]/u, '')
    .slice(1, -1)
    .replace(/\\(.)/gsu, (_, character: string) => ESCAPES[character] ?? character)
}

function readValue(reader: { tokens: readonly Token[]; at: number }): GuestValue | undefined {
  const token = reader.tokens[reader.at++]
  if (token === undefined) return undefined
  if ('value' in token) return token.value
  if (token.mark === '[') return readItems(reader, ']')?.items
  if (token.mark !== '(') return undefined
  const inside = readItems(reader, ')')
  if (inside === undefined) return undefined
  return inside.items.length === 1 && !inside.comma ? inside.items[0] : new PyTuple(inside.items)
}

function readItems(
  reader: { tokens: readonly Token[]; at: number },
  end: string,
): { items: GuestValue[]; comma: boolean } | undefined {
  const items: GuestValue[] = []
  let comma = false
  for (;;) {
    const next = reader.tokens[reader.at]
    if (next === undefined) return undefined
    if ('mark' in next && next.mark === end) {
      reader.at += 1
      return { items, comma }
    }
    if (items.length > 0 && !comma) return undefined
    const value = readValue(reader)
    if (value === undefined) return undefined
    items.push(value)
    const after = reader.tokens[reader.at]
    comma = after !== undefined && 'mark' in after && after.mark === ','
    if (comma) reader.at += 1
  }
}
