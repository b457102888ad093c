import { defineConfig } from 'vitest/config'

/** Commands, kills and examples from beginning to end: `vitest run --mode scenarios`. All else is over in five minutes. */
const SCENARIOS = ['test/scenarios/**/*.test.ts', 'test/examples/**/*.test.ts']
/** Pure code, whose tests may share what they import. */
const PURE = ['base', 'text', 'odoo', 'analysis', 'archive/zip', 'config', 'upgrade/planning'].map(
  (folder) => `src/${folder}/**/*.test.ts`,
)
const shared = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  pool: 'forks' as const,
  maxWorkers: 2,
}

export default defineConfig(({ mode }) => ({
  test:
    mode === 'scenarios'
      ? { ...shared, include: SCENARIOS }
      : {
          ...shared,
          projects: [
            { test: { ...shared, name: 'pure', include: PURE, isolate: false } },
            {
              test: {
                ...shared,
                name: 'whole',
                include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
                exclude: [...SCENARIOS, ...PURE],
              },
            },
          ],
        },
}))
