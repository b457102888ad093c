/** Decodes bytes of one encoding; a new one is needed for each run of text. */
export interface TextReader {
  /** Throws a TypeError on bytes that the encoding does not have. `more` says that the text goes on. */
  decode(bytes: Uint8Array, more?: boolean): string
}

/** An encoding that PostgreSQL's `client_encoding` can name and that moult can read. */
export interface ClientEncoding {
  /** PostgreSQL's own name for it: `UTF8`, `LATIN1`, `WIN1252`. */
  readonly name: string
  reader(): TextReader
}

/** WIN1252 differs from LATIN1 in these 32 characters; the five unused ones stay control characters. */
const WIN1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/** PostgreSQL's name → its aliases, and the label of the Encoding standard where that is the same. */
const ENCODINGS: readonly (readonly [name: string, aliases: string, label?: string])[] = [
  ['UTF8', 'utf8 unicode', 'utf-8'],
  // Bytes that PostgreSQL never looked at; a database in UTF8 takes them only when they are UTF-8.
  ['SQL_ASCII', 'sqlascii', 'utf-8'],
  ['LATIN1', 'latin1 iso88591'],
  ['WIN1252', 'win1252 windows1252'],
  ['LATIN2', 'latin2 iso88592', 'iso-8859-2'],
  ['LATIN3', 'latin3 iso88593', 'iso-8859-3'],
  ['LATIN4', 'latin4 iso88594', 'iso-8859-4'],
  ['LATIN5', 'latin5 iso88599', 'iso-8859-9'],
  ['LATIN6', 'latin6 iso885910', 'iso-8859-10'],
  ['LATIN7', 'latin7 iso885913', 'iso-8859-13'],
  ['LATIN8', 'latin8 iso885914', 'iso-8859-14'],
  ['LATIN9', 'latin9 iso885915', 'iso-8859-15'],
  ['ISO_8859_5', 'iso88595', 'iso-8859-5'],
  ['ISO_8859_6', 'iso88596', 'iso-8859-6'],
  ['ISO_8859_7', 'iso88597', 'iso-8859-7'],
  ['ISO_8859_8', 'iso88598', 'iso-8859-8'],
  ['KOI8R', 'koi8r koi8', 'koi8-r'],
  ['KOI8U', 'koi8u', 'koi8-u'],
  ['WIN866', 'win866 alt', 'ibm866'],
  ['WIN874', 'win874 windows874', 'windows-874'],
  ['WIN1250', 'win1250 windows1250', 'windows-1250'],
  ['WIN1251', 'win1251 windows1251 win', 'windows-1251'],
  ['WIN1253', 'win1253 windows1253', 'windows-1253'],
  ['WIN1254', 'win1254 windows1254', 'windows-1254'],
  ['WIN1255', 'win1255 windows1255', 'windows-1255'],
  ['WIN1256', 'win1256 windows1256', 'windows-1256'],
  ['WIN1257', 'win1257 windows1257', 'windows-1257'],
  ['WIN1258', 'win1258 windows1258 abc tcvn tcvn5712 vscii', 'windows-1258'],
  ['EUC_JP', 'eucjp', 'euc-jp'],
  ['EUC_KR', 'euckr', 'euc-kr'],
  ['EUC_CN', 'euccn', 'gbk'],
]

const byAlias: ReadonlyMap<string, ClientEncoding> = new Map(
  ENCODINGS.flatMap(([name, aliases, label]) =>
    aliases.split(' ').map((alias) => [alias, { name, reader: () => readerOf(name, label) }]),
  ),
)

/**
 * The encoding that PostgreSQL means by this value of `client_encoding`, or undefined when it is unknown
 * or cannot be read: in SJIS, BIG5, GBK, GB18030, UHC and JOHAB a quote or backslash can be the second byte
 * of a character.
 */
export function clientEncoding(name: string): ClientEncoding | undefined {
  return byAlias.get(name.toLowerCase().replace(/[^a-z0-9]/g, ''))
}

function readerOf(name: string, label: string | undefined): TextReader {
  if (label !== undefined) {
    const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })
    return { decode: (bytes, more = false) => decoder.decode(bytes, { stream: more }) }
  }
  // Node takes its own shortcut for windows-1252 and gets 0x80-0x9f wrong in some releases, and to the
  // Encoding standard latin1 is windows-1252, so both are decoded here.
  return { decode: (bytes) => (name === 'LATIN1' ? latin1(bytes) : win1252(bytes)) }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function win1252(bytes: Uint8Array): string {
  return latin1(bytes).replace(
    /[\u0080-\u009f]/g,
    (character) => WIN1252_HIGH[character.charCodeAt(0) - 0x80] ?? character,
  )
}
