import { test } from 'vitest'
import { compareRegistry } from './compare-registry.js'

test('x', async () => {
  const { scores, findings, source } = await compareRegistry(
    process.env.ZIP ?? '',
    process.env.TREE ?? '',
  )
  console.log(
    source.facts,
    findings.list().map((f) => f.message),
    source.findings.map((f) => f.message),
  )
  for (const [name, s] of Object.entries(scores)) {
    console.log(name, s.equal, '/', s.wanted, 'extra', s.extra.length)
    for (const m of s.missing.slice(0, 25)) console.log('   -', m.slice(0, 300))
    for (const m of s.extra.slice(0, 12)) console.log('   +', m)
  }
}, 600000)
