import { expect, test } from 'vitest'
import { releaseRules } from '../../../../odoo/release/index.js'
import { poPaths } from './po-paths.js'

test.each([
  ['fr_FR', 16, ['fr']],
  ['fr_FR', 17, ['fr', 'fr_FR']],
  ['da_DK', 16, ['da', 'da_DK']],
  ['es_MX', 16, ['es', 'es_MX']],
  ['es_MX', 17, ['es', 'es_419', 'es_MX']],
  ['es_ES', 18, ['es', 'es_ES']],
  ['vi', 16, ['vi']],
])('%s in %d is read from %j', (language, major, names) => {
  const rules = releaseRules({ major, series: `${major}.0` })
  expect(poPaths(language, rules)).toEqual(
    names.flatMap((name) => [`i18n/${name}.po`, `i18n_extra/${name}.po`]),
  )
})
