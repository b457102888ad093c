#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const entry = new URL('../dist/bin/main.js', import.meta.url)
if (existsSync(fileURLToPath(entry))) {
  const { main } = await import(entry.href)
  await main(process.argv.slice(2))
} else {
  process.stderr.write('moult is not built yet in this checkout. Run: npm run build\n')
  process.exitCode = 3
}
