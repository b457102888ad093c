import { z } from 'zod'
import { codeOf, messageOf, OutsideError } from '../../base/index.js'

/** A file that an index offers. */
export interface IndexFile {
  readonly name: string
  readonly url: string
  /** As the index says it; undefined where it says none. */
  readonly sha256: string | undefined
}

/** The public index of Python packages. */
export const PUBLIC_INDEX = 'https://pypi.org/simple/'

const JSON_TYPE = 'application/vnd.pypi.simple.v1+json'
const ACCEPTED = `${JSON_TYPE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1`
const LARGEST_PAGE = 32_000_000

const pageSchema = z.object({
  files: z.array(
    z.object({
      filename: z.string(),
      url: z.string(),
      hashes: z.record(z.string(), z.string()),
    }),
  ),
})

/**
 * The files of a package in a simple index (PEP 503, or PEP 691 where the index speaks it); undefined when
 * the index does not know the package. Throws PACKAGE_INDEX_FAILED.
 */
export async function readIndex(
  index: string,
  name: string,
  signal: AbortSignal,
): Promise<readonly IndexFile[] | undefined> {
  const page = new URL(`${name}/`, index.endsWith('/') ? index : `${index}/`)
  const response = await request(page, signal, ACCEPTED)
  if (response.status === 404) {
    await response.body?.cancel()
    return undefined
  }
  const text = new TextDecoder().decode(await readBody(response, page, LARGEST_PAGE))
  const isJson = response.headers.get('content-type')?.startsWith(JSON_TYPE) === true
  return isJson ? parseJson(text, page) : parseHtml(text, response.url || page.href)
}

/** The bytes of a file, at most `largest` of them. Throws PACKAGE_INDEX_FAILED. */
export async function download(
  url: string,
  largest: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const address = new URL(url)
  const response = await request(address, signal, '*/*')
  if (response.status === 404) throw failed(address, 'answered 404')
  return readBody(response, address, largest)
}

async function request(url: URL, signal: AbortSignal, accept: string): Promise<Response> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw failed(url, 'is no address of the web')
  }
  try {
    const response = await fetch(url, { headers: { accept }, signal })
    if (response.ok || response.status === 404) return response
    await response.body?.cancel()
    throw failed(url, `answered ${response.status}`)
  } catch (error) {
    if (error instanceof OutsideError || signal.aborted) throw error
    const cause: unknown = error instanceof Error ? (error.cause ?? error) : error
    throw failed(url, `does not answer: ${codeOf(cause) ?? messageOf(cause)}`, error)
  }
}

async function readBody(response: Response, url: URL, largest: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > largest) throw failed(url, `sends more than ${largest} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parseJson(text: string, page: URL): readonly IndexFile[] {
  try {
    const { files } = pageSchema.parse(JSON.parse(text))
    return files.map(({ filename, url, hashes }) => ({
      name: filename,
      url: new URL(url, page).href,
      sha256: hashes.sha256?.toLowerCase(),
    }))
  } catch (error) {
    throw failed(page, 'is no index of Python packages', error)
  }
}

const ANCHOR = /<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>/gi

function parseHtml(text: string, page: string): readonly IndexFile[] {
  return [...text.matchAll(ANCHOR)].flatMap(([, double, single]) => {
    const href = (double ?? single ?? '').replaceAll('&amp;', '&')
    const url = URL.canParse(href, page) ? new URL(href, page) : undefined
    if (url === undefined) return []
    const sha256 = /(?:^#|&)sha256=([0-9a-f]{64})\b/i.exec(url.hash)?.[1]?.toLowerCase()
    const name = decodeURIComponent(url.pathname.replace(/^.*\//, ''))
    url.hash = ''
    return [{ name, url: url.href, sha256 }]
  })
}

function failed(url: URL, what: string, cause?: unknown): OutsideError {
  return new OutsideError('PACKAGE_INDEX_FAILED', `${url.href} ${what}`, {
    ...(cause !== undefined && { cause }),
    hint: 'Check the connection, or name another index with --index.',
  })
}
