import { CancelledError, OutsideError } from '../base/index.js'
import { readFault, ServerFaultError, statusFault } from './server-fault.js'

/** A page or a file that a server sent. */
export interface Page {
  readonly status: number
  readonly type: string
  readonly body: string
  /** Where redirections led. */
  readonly url: string
}

export interface ClientOptions {
  /** Base address, such as `https://odoo.example.com`. */
  readonly url: string
  readonly signal: AbortSignal
  /** Longest time of one request, in milliseconds. */
  readonly timeout?: number
}

/** Opening a large database's first page builds all bundles. */
const DEFAULT_TIMEOUT = 300_000
const MOST_REDIRECTS = 5

/**
 * Speaks to an Odoo server as a browser does: one session, JSON-RPC and pages. A server's own error is a
 * {@link ServerFaultError}; one that cannot be reached, or that is none of Odoo's, is ODOO_UNREACHABLE.
 */
export class OdooClient {
  readonly #options: ClientOptions
  readonly #cookies = new Map<string, string>()
  #number = 0

  constructor(options: ClientOptions) {
    this.#options = options
  }

  get url(): string {
    return this.#options.url
  }

  /** Calls a JSON route. */
  async rpc(path: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    this.#number += 1
    const body = { jsonrpc: '2.0', id: this.#number, method: 'call', params: parameters }
    const response = await this.#send(new URL(path, this.#options.url), {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    })
    const text = await this.#text(response, path)
    const answer = jsonOf(text)
    if (answer === undefined) {
      if (response.status === 200) throw notOdoo(this.#options.url, path)
      throw new ServerFaultError(statusFault(response.status, text))
    }
    if ('error' in answer) throw new ServerFaultError(readFault(answer.error))
    return answer.result ?? null
  }

  /** Calls a method of a model. */
  call(
    model: string,
    method: string,
    args: readonly unknown[],
    keywords: Readonly<Record<string, unknown>> = {},
  ): Promise<unknown> {
    const parameters = { model, method, args, kwargs: keywords }
    return this.rpc(`/web/dataset/call_kw/${model}/${method}`, parameters)
  }

  /** Gets a page; follows redirections. Any status but 200 is a {@link ServerFaultError}. */
  async page(path: string): Promise<Page> {
    let url = new URL(path, this.#options.url)
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const response = await this.#send(url, { method: 'GET' })
      const location = response.headers.get('location')
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel()
        url = new URL(location, url)
        continue
      }
      const body = await this.#text(response, path)
      if (response.status !== 200) throw new ServerFaultError(statusFault(response.status, body))
      return {
        status: response.status,
        type: response.headers.get('content-type') ?? '',
        body,
        url: url.pathname + url.search,
      }
    }
    throw new ServerFaultError({ type: 'http', text: 'too many redirections', lastLine: '' })
  }

  async #send(url: URL, request: RequestInit): Promise<Response> {
    const { signal, timeout = DEFAULT_TIMEOUT } = this.#options
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    // Cookies are for the server that set them, wherever it redirects to.
    const own = url.origin === new URL(this.#options.url).origin
    try {
      const response = await fetch(url, {
        ...request,
        headers: { ...(request.headers as Record<string, string>), ...(own && { cookie }) },
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      })
      if (own) this.#keepCookies(response)
      return response
    } catch (error) {
      throw this.#explain(error, url)
    }
  }

  async #text(response: Response, path: string): Promise<string> {
    try {
      return await response.text()
    } catch (error) {
      throw this.#explain(error, new URL(path, this.#options.url))
    }
  }

  #keepCookies(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
      if (name !== undefined && value !== undefined) this.#cookies.set(name.trim(), value)
    }
  }

  #explain(error: unknown, url: URL): Error {
    if (this.#options.signal.aborted) return new CancelledError(`Asking ${url.pathname}`)
    const slow = error instanceof Error && error.name === 'TimeoutError'
    return new OutsideError(
      'ODOO_UNREACHABLE',
      slow ? `${url.href} did not answer in time` : `There is no answer from ${url.href}`,
      {
        cause: error instanceof Error && error.cause instanceof Error ? error.cause : error,
        hint: 'Start the Odoo server on the database, and name its address: --odoo http://127.0.0.1:8069',
      },
    )
  }
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    return 'result' in value || 'error' in value || 'jsonrpc' in value
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

function notOdoo(url: string, path: string): OutsideError {
  return new OutsideError('ODOO_UNREACHABLE', `${url} is no Odoo server: ${path} is no answer`, {
    hint: 'Name the base address of the server, without a path: --odoo http://127.0.0.1:8069',
  })
}
