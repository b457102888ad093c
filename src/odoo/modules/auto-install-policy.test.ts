import { describe, expect, test } from 'vitest'
import { releaseOf, rowsOf } from './fixtures/build-modules.js'
import { type AutoInstallPolicy, modulesOfPolicy, type PolicyOptions } from './index.js'

const uninstalled = { state: 'uninstalled' } as const
const rows = rowsOf({
  base: {},
  sale: {},
  gap: { ...uninstalled, depends: ['base', 'sale'], required: ['base', 'sale'] },
  chain: { ...uninstalled, depends: ['gap'], required: ['gap'] },
  l10n_xx: { ...uninstalled, depends: ['base'], required: ['base'] },
  always: { ...uninstalled, depends: ['base'], required: [] },
  lone: { ...uninstalled, depends: ['stock'], required: ['stock'] },
  wide: { ...uninstalled, depends: ['sale', 'helper'], required: ['sale'] },
  helper: uninstalled,
  foe: { ...uninstalled, depends: ['base'], required: ['base'], exclusions: ['sale'] },
  local: { ...uninstalled, depends: ['base'], required: ['base'], countries: ['BE'] },
  stock: uninstalled,
})
const chosen = (policy: AutoInstallPolicy, given: Partial<PolicyOptions> = {}) =>
  modulesOfPolicy(rows, {
    policy,
    release: releaseOf(18),
    isInstallable: () => true,
    ...given,
  })

describe('policies for automatic modules', () => {
  test('"none" installs nothing', () => {
    expect(chosen('none')).toEqual([])
  })

  test('"openupgrade18" installs what has all its dependencies, but for l10n_…', () => {
    expect(chosen('openupgrade18')).toEqual(['always', 'chain', 'gap', 'local'])
  })

  test('"fresh" installs what its triggers are there for, countries respected', () => {
    expect(chosen('fresh')).toEqual(['always', 'chain', 'gap', 'l10n_xx', 'wide'])
    expect(chosen('fresh', { companyCountries: ['be'] })).toContain('local')
  })

  test('what is excluded, or cannot be installed, is left out with what is built on it', () => {
    expect(chosen('fresh', { exclude: ['gap'] })).toEqual(['always', 'l10n_xx', 'wide'])
    expect(chosen('fresh', { isInstallable: (name) => name !== 'helper' })).not.toContain('wide')
  })
})
