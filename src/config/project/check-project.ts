import { z } from 'zod'
import { UsageError } from '../../base/index.js'
import { nearestName } from './nearest-name.js'
import type { ProjectConfig } from './project-config.js'
import { projectSchema } from './project-schema.js'

/**
 * Checks what a configuration file holds.
 *
 * Errors: PROJECT_CONFIG_INVALID, which names every offence with its path and, for keys that do not
 * exist, the one that was probably meant.
 */
export function checkProject(value: unknown, file: string): ProjectConfig {
  const result = projectSchema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.flatMap(explain)
  throw new UsageError('PROJECT_CONFIG_INVALID', `${file}: ${problems.join('; ')}`, {
    place: { file },
    hint: 'Correct the file; "moult init" writes one that shows all keys.',
    data: { problems },
  })
}

function explain(issue: z.core.$ZodIssue): readonly string[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(path)
    return issue.keys.map((key) => {
      const nearest = nearestName(key, known)
      const advice =
        nearest === undefined ? `known are ${known.join(', ')}` : `do you mean ${nearest}?`
      return `${[...path, key].join('.')} is no key of the configuration; ${advice}`
    })
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map((inner) => `${path.join('.')} ${inner.message}`)
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().filter(({ code }) => code === 'unrecognized_keys')
    if (inner.length > 0) {
      return inner.flatMap((one) => explain({ ...one, path: [...issue.path, ...one.path] }))
    }
  }
  return [`${path.join('.') || 'the configuration'}: ${issue.message}`]
}

/** The keys that an object at a path may have. */
function keysAt(path: readonly string[]): readonly string[] {
  let schemas: readonly unknown[] = [projectSchema]
  for (const key of path) schemas = schemas.flatMap((schema) => childrenOf(unwrap(schema), key))
  return schemas
    .map(unwrap)
    .flatMap((schema) => variantsOf(schema))
    .flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []))
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodExactOptional || schema instanceof z.ZodReadonly
    ? unwrap(schema.unwrap())
    : schema
}

function childrenOf(schema: unknown, key: string): readonly unknown[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => childrenOf(one, key))
  if (schema instanceof z.ZodObject) return key in schema.shape ? [schema.shape[key]] : []
  return schema instanceof z.ZodRecord ? [schema.valueType] : []
}

function variantsOf(schema: unknown): readonly unknown[] {
  return schema instanceof z.ZodUnion ? schema.options : [schema]
}
