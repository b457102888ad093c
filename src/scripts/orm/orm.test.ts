import { describe } from 'vitest'
import { embeddedOnDisk, managedEngines } from '../../../test/support/engines.js'
import { useBenches } from './fixtures/orm-suite.js'
import { domainTests } from './fixtures/suite/domain-tests.js'
import { environmentTests } from './fixtures/suite/environment-tests.js'
import { operationTests } from './fixtures/suite/operation-tests.js'
import { readTests } from './fixtures/suite/read-tests.js'
import { releaseTests } from './fixtures/suite/release-tests.js'
import { writeTests } from './fixtures/suite/write-tests.js'

/** Releases that keep translations, company-dependent values and delegation differently. */
const RELEASES: readonly number[] = [15, 16, 18]

// The same requirements on every engine, with the reflection tables of several releases.
describe.each([embeddedOnDisk, ...(await managedEngines())])('$name', (engine) => {
  describe.skipIf(engine.unavailable !== undefined)('', () => {
    const bench = useBenches(engine, RELEASES)
    describe('domains', () => domainTests(bench(16)))
    describe('reading', () => readTests(bench(16)))
    describe('writing', () => writeTests(bench(16)))
    describe('environment', () => environmentTests(bench(16)))
    describe.each(RELEASES)('release %i', (major) => {
      releaseTests(bench(major), major)
      operationTests(bench(major), major)
    })
  })
})
