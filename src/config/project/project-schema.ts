import { z } from 'zod'
import { SUPPORTED_MAJORS } from '../../odoo/release/index.js'
import type { ProjectConfig } from './project-config.js'

const SERIES = new RegExp(`^(${SUPPORTED_MAJORS.join('|')})\\.0$`)
const text = z.string().min(1)
const series = z
  .string()
  .regex(SERIES, `must be a release: ${SUPPORTED_MAJORS.map((major) => `${major}.0`).join(', ')}`)
const policy = z.enum(['none', 'openupgrade18', 'fresh'])

const release = z.strictObject({
  addonsPath: z.array(text).readonly().exactOptional(),
  upgradePath: z.array(text).readonly().exactOptional(),
  scripts: z.array(text).readonly().exactOptional(),
  profile: z.enum(['odoo', 'openupgrade']).exactOptional(),
  loader: z.enum(['auto', 'odoo', 'native', 'none']).exactOptional(),
})

/** What a configuration may hold; keys that are not listed are refused. */
export const projectSchema = z.strictObject({
  source: text.exactOptional(),
  to: series.exactOptional(),
  releases: z.record(series, release).exactOptional(),
  autoInstall: z
    .union([policy, z.strictObject({ policy, exclude: z.array(text).readonly().exactOptional() })])
    .exactOptional(),
  decisions: z
    .strictObject({
      missingModules: z
        .record(
          text,
          z.union([z.enum(['keep', 'uninstall']), z.strictObject({ replacedBy: text })]),
        )
        .exactOptional(),
    })
    .exactOptional(),
  python: z
    .strictObject({ interpreter: text.exactOptional(), openupgradelib: text.exactOptional() })
    .exactOptional(),
  checkpoints: z.array(text).readonly().exactOptional(),
  limits: z
    .strictObject({
      scriptSeconds: z.number().positive().exactOptional(),
      scriptMemory: z.int().positive().exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<ProjectConfig>
