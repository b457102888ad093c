import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageFile } from './index.js'

test.each(['package.json', 'python/moultg', 'examples/bicycle-workshop'])(
  'finds %s of the package',
  (path) => {
    expect(existsSync(packageFile(path))).toBe(true)
  },
)
