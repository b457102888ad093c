import { describe } from 'vitest'
import { testBinaries } from '../support/engines.js'
import { killSuite } from '../support/kill-suite.js'

const hasServer = (await testBinaries()).length > 0

describe.skipIf(!hasServer)('with the programs of a PostgreSQL server on this machine', () => {
  killSuite('managed')
})
