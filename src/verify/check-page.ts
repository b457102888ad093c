import type { CheckList } from './check-list.js'
import type { OdooClient } from './odoo-client.js'
import { type ServerFault, ServerFaultError } from './server-fault.js'

/** A bundle that a page loads. */
export interface PageBundle {
  readonly name: string
  readonly url: string
}

/** A bundle that the server could not make, as the page says. */
export interface BundleError {
  readonly name: string
  readonly message: string
}

const SHOWN_MESSAGE = 300

/** Loads the web client's page as a developer sees it, its bundles and its translations. */
export async function checkPage(client: OdooClient, checks: CheckList): Promise<void> {
  const page = await checks.run({ kind: 'page', what: 'page of the web client' }, () =>
    client.page('/web?debug=1'),
  )
  if (page !== undefined) {
    for (const { name, message } of bundleErrors(page.body)) {
      checks.failed({ kind: 'bundle', what: `styles of ${name}` }, compileFault(message))
    }
    for (const { name, url } of bundlesOf(page.body)) await checkBundle(client, checks, name, url)
  }
  await checks.run({ kind: 'page', what: 'translations of the web client' }, () =>
    client.page('/web/webclient/translations/moult?lang=en_US'),
  )
}

async function checkBundle(
  client: OdooClient,
  checks: CheckList,
  name: string,
  url: string,
): Promise<void> {
  await checks.run({ kind: 'bundle', what: `bundle ${name}` }, async () => {
    const { body } = await client.page(url)
    const message = errorInside(body)
    if (message !== undefined) throw new ServerFaultError(compileFault(message))
  })
}

function compileFault(message: string): ServerFault {
  const [first = ''] = message.trim().split('\n')
  return { type: 'bundle', text: first.slice(0, SHOWN_MESSAGE), lastLine: '' }
}

/** Scripts and styles that the page loads from the server's bundles. */
export function bundlesOf(html: string): readonly PageBundle[] {
  const found = new Map<string, PageBundle>()
  for (const [, url = ''] of html.matchAll(/\b(?:src|href|data-src)="(\/web\/assets\/[^"]+)"/g)) {
    found.set(url, {
      name: url.split('/').at(-1)?.split('?')[0] ?? url,
      url: url.replaceAll('&amp;', '&'),
    })
  }
  return [...found.values()]
}

/** Up to 16.0, the page holds a script for each bundle whose styles could not be compiled. */
export function bundleErrors(html: string): readonly BundleError[] {
  return [
    ...html.matchAll(/<script\b([^>]*\bdata-asset-bundle="([^"]+)"[^>]*)>([\s\S]*?)<\/script>/g),
  ]
    .filter(
      ([, attributes = '', , text = '']) => !/\b(?:data-)?src=/.test(attributes) && text !== '',
    )
    .filter(([, , , text = '']) => text.includes('__assetsBundleErrorSeen'))
    .map(([, , name = '', text = '']) => ({
      name,
      message: messageIn(text) ?? 'The styles could not be compiled',
    }))
}

/** The text that the script is called with. */
function messageIn(script: string): string | undefined {
  const [, quoted] = /\}\)\(\s*("(?:[^"\\]|\\.)*")\s*\)/.exec(script) ?? []
  if (quoted === undefined) return undefined
  return quoted
    .slice(1, -1)
    .replaceAll(/\\n|&NewLine;/g, '\n')
    .replaceAll(/\\(.)/g, '$1')
}

/** From 17.0 on, a bundle with an error tells it itself; missing scripts do so in all releases. */
export function errorInside(text: string): string | undefined {
  const missing = /console\.error\("(Could not (?:find|get content)[^"]*)"\)/.exec(text)?.[1]
  if (missing !== undefined) return missing
  return text.includes('A css error occured')
    ? 'A css error occured, an older style is used'
    : undefined
}
