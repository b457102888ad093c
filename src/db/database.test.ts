import { beforeAll, describe } from 'vitest'
import { cancellationTests } from '../../test/support/database-suite/cancellation.js'
import { confinedTests } from '../../test/support/database-suite/confined-sessions.js'
import { copyInTests } from '../../test/support/database-suite/copy-in.js'
import { copyOutTests } from '../../test/support/database-suite/copy-out.js'
import { databaseTests } from '../../test/support/database-suite/databases.js'
import { statementTests } from '../../test/support/database-suite/statements.js'
import { streamTests } from '../../test/support/database-suite/streams.js'
import { administer, SUITE, suiteOf } from '../../test/support/database-suite/suite.js'
import { transactionTests } from '../../test/support/database-suite/transactions.js'
import { valueTests } from '../../test/support/database-suite/values.js'
import { engines, useEngine } from '../../test/support/engines.js'

// The same requirements on every engine: nothing above `db` may notice which one it has.
describe.each(await engines())('$name', (engine) => {
  describe.skipIf(engine.unavailable !== undefined)('', () => {
    const suite = suiteOf(engine, useEngine(engine))
    beforeAll(() => administer(suite.cluster(), `CREATE DATABASE ${SUITE}`))
    valueTests(suite)
    statementTests(suite)
    transactionTests(suite)
    streamTests(suite)
    copyInTests(suite)
    copyOutTests(suite)
    confinedTests(suite)
    databaseTests(suite)
    cancellationTests(suite)
  })
})
