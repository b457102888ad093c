import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testCache } from '../support/engines.js'
import { readManualPage } from '../support/manual-page.js'
import { type CommandPlace, runMoult } from '../support/moult-command.js'

const ROOT = resolve(import.meta.dirname, '../..')
const COMMANDS = readManualPage(join(ROOT, 'docs/example.md'))

let place: CommandPlace = { home: '/nonexistent', cache: testCache, folder: ROOT }
afterAll(async () => {
  if (place.home.includes('moult-demo-')) await rm(place.home, { recursive: true, force: true })
})

test('every command of docs/example.md does what the page says', { timeout: 300_000 }, async () => {
  const done: string[] = []
  for (const { command, shows } of COMMANDS) {
    done.push(command)
    if (command.startsWith('cd ')) {
      place = { ...place, folder: join(ROOT, command.slice('cd '.length)) }
      continue
    }
    // The demo has named the folder; the page cannot.
    if (command.startsWith('export MOULT_HOME=')) continue
    expect(command).toMatch(/^npx moult /)
    const args = command.split(' ').slice(2)
    const isDemo = args[0] === 'demo'
    const { exit, stdout, stderr, json } = await runMoult(place, [
      ...args,
      ...(isDemo ? ['--json'] : []),
    ])
    expect(exit, `${command}\n${stderr}${stdout}`).toBe(0)
    if (isDemo) place = { ...place, home: String(json.result?.home) }
    const output = plain(stdout)
    for (const line of shows) expect(output, command).toContain(plain(line))
  }
  expect(done.length).toBeGreaterThan(7)
})

/** Columns are as wide as their widest value: how many blanks lie between them is of no interest. */
function plain(text: string): string {
  return text.replaceAll(/ +/g, ' ')
}
