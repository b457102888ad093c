import { expect, test } from 'vitest'
import { type ReleaseRules, releaseRules, SUPPORTED_MAJORS } from './release-rules.js'

/** First release that has it; engine specification §4.3, §5. */
test.each<[keyof ReleaseRules, unknown, number]>([
  ['perFileLookup', true, 15],
  ['majorLessScripts', true, 15],
  ['mergesUpgradePaths', true, 15],
  ['preScriptsOfNewInstalls', false, 16],
  ['setsUpModelsBeforePreInit', true, 16],
  ['translationStorage', 'jsonb', 16],
  ['strictManifestVersions', true, 17],
  ['strictScriptVersions', true, 17],
  ['hookArguments', 'environment', 17],
  ['severalDatabasesMayUpdate', false, 17],
  ['checksMigrateSignature', true, 18],
  ['toleratesMissingMigrate', false, 18],
  ['countryLimitedAutoInstall', true, 18],
])('%s is %s from %i on', (rule, value, first) => {
  const have = SUPPORTED_MAJORS.filter(
    (major) => releaseRules({ major, series: `${major}.0` })[rule] === value,
  )
  expect(have).toEqual(SUPPORTED_MAJORS.filter((major) => major >= first))
})
