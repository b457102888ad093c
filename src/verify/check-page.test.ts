import { expect, test } from 'vitest'
import { bundleErrors, bundlesOf, errorInside } from './check-page.js'

const PAGE = `<link type="text/css" rel="stylesheet" href="/web/assets/1-a/web.assets_web.min.css"/>
  <link rel="icon" href="/web/static/img/favicon.ico"/>
  <script src="/web/assets/2-b/web.assets_web.min.js"></script>
  <script data-src="/web/assets/2-b/lazy.min.js?unique=1&amp;x=2" data-asset-bundle="lazy"></script>`

test('a page names its bundles, those that are loaded later included', () => {
  expect(bundlesOf(PAGE)).toEqual([
    { name: 'web.assets_web.min.css', url: '/web/assets/1-a/web.assets_web.min.css' },
    { name: 'web.assets_web.min.js', url: '/web/assets/2-b/web.assets_web.min.js' },
    { name: 'lazy.min.js', url: '/web/assets/2-b/lazy.min.js?unique=1&x=2' },
  ])
})

test('a script beside a bundle tells that its styles could not be compiled', () => {
  const script = (text: string) =>
    `<script data-asset-bundle="web.assets_common" data-asset-version="1">${text}</script>`
  const error =
    '(function (m) { window.__assetsBundleErrorSeen = true; })("Error: no mixin named \\"x\\"&NewLine;on line 3");'
  expect(bundleErrors(script(error))).toEqual([
    { name: 'web.assets_common', message: 'Error: no mixin named "x"\non line 3' },
  ])
  expect(bundleErrors(script('odoo.define("x")') + PAGE)).toEqual([])
})

test.each([
  ['body::before { content: "A css error occured, using an old style" }', 'A css error occured'],
  ['a();console.error("Could not find /x/y.js");b()', 'Could not find /x/y.js'],
  ['console.error("anything else")', undefined],
])('%s', (text, message) => {
  if (message === undefined) expect(errorInside(text)).toBeUndefined()
  else expect(errorInside(text)).toContain(message)
})
