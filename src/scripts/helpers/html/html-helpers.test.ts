import { describe, expect, it, test } from 'vitest'
import { embeddedInMemory, managedEngines, useEngine } from '../../../../test/support/engines.js'
import { cr, onBench } from '../fixtures/bench.js'
import { plaintextToHtml } from './plaintext-to-html.js'

test.each([
  ['', '<p></p>'],
  ['a\nb\r\nc', '<p>a<br/>b<br/>c</p>'],
  ['a\n\n b', '<p>a</p><p>b</p>'],
  [`<b> & "q" 's'`, '<p>&lt;b&gt; &amp; &#34;q&#34; &#39;s&#39;</p>'],
  [
    'see http://a.example/x?y=1 now',
    '<p>see <a href="http://a.example/x?y=1" target="_blank" rel="noreferrer noopener">http://a.example/x?y=1</a> now</p>',
  ],
  ['costs $& and $1', '<p>costs $&amp; and $1</p>'],
])('plain text %j becomes %j', (text, html) => {
  expect(plaintextToHtml(text)).toBe(html)
})

const [server] = await managedEngines()
const ENGINES = server === undefined ? [embeddedInMemory] : [embeddedInMemory, server]

describe.each(ENGINES)('$name', (engine) => {
  describe.skipIf(engine.unavailable !== undefined)('', () => {
    const cluster = useEngine(engine)

    it('converts a column of plain text', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await rows(`INSERT INTO res_partner (comment) SELECT 'line' FROM generate_series(1, 4500)`)
        await call('convert_field_to_html', cr, 'res_partner', 'comment', '"Odd ""name"')
        expect(
          await rows('SELECT comment, "Odd ""name" FROM res_partner ORDER BY id LIMIT 3'),
        ).toEqual([
          ['Hi', '<p>Hi</p>'],
          [null, null],
          ['Ho', '<p>Ho</p>'],
        ])
        expect(
          await rows(`SELECT count(*)::int FROM res_partner WHERE "Odd ""name" = '<p>line</p>'`),
        ).toEqual([[4500]])
        await expect(
          call('convert_field_to_html', cr, 'res_partner', 'no', 'name'),
        ).rejects.toMatchObject({ sqlState: '42703' })
      })
    })

    it('converts every language of a translated column', async () => {
      await onBench(cluster(), async ({ call, rows }) => {
        await call('convert_field_to_html', cr, 'res_partner', 'title', 'title', true, true)
        expect(await rows('SELECT title FROM res_partner WHERE id = 1')).toEqual([
          [{ en_US: '<p>Dr</p>', fr_FR: '<p>Dr.</p>' }],
        ])
      })
      await onBench(
        cluster(),
        async ({ call }) => {
          await expect(
            call('convert_field_to_html', cr, 'res_partner', 'title', 'title', true, true),
          ).rejects.toMatchObject({ kind: 'user' })
        },
        { series: '15.0' },
      )
    })

    it('reports HTML that a new Bootstrap may concern, and leaves other HTML in peace', async () => {
      await onBench(cluster(), async ({ call, rows, context }) => {
        await call('openupgrade_160.convert_field_bootstrap_4to5', cr, 'res.partner', 'comment')
        expect(context.findings.list()).toEqual([])
        await rows(`UPDATE res_partner SET comment = '<p class="ml-3">x</p>' WHERE id = 2`)
        await call(
          'openupgrade_160._convert_field_bootstrap_4to5_sql',
          cr,
          'res_partner',
          'comment',
          [1],
        )
        await call(
          'openupgrade_160._convert_field_bootstrap_4to5_sql',
          cr,
          'res_partner',
          'comment',
          [1, 2],
        )
        expect(context.findings.list()).toMatchObject([
          { code: 'HTML_NOT_CONVERTED', data: { rows: 1, firstIds: [2] } },
        ])
        const convert = 'openupgrade_160.convert_string_bootstrap_4to5'
        expect(await call(convert, '<p>x</p>')).toBe('<p>x</p>')
        expect(await call(convert, null)).toBeNull()
        await expect(call(convert, '<p class="ml-3"/>')).rejects.toMatchObject({ kind: 'helper' })
      })
    })
  })
})
