import { source } from '../../src/odoo/models/fixtures/read-sources.js'

/** A class with a body of the lines given. */
export function model(name: string, lines: readonly string[], kind = 'Model'): readonly string[] {
  const className = `C${name.replace(/\W/g, '')}`
  return [`class ${className}(models.${kind}):`, ...lines.map((line) => `    ${line}`)]
}

export function named(name: string, ...lines: readonly string[]): readonly string[] {
  return model(name, [`_name = '${name}'`, ...lines])
}

export function extended(name: string, ...lines: readonly string[]): readonly string[] {
  return model(name, [`_inherit = '${name}'`, ...lines])
}

export const one = (...classes: readonly (readonly string[])[]) => ({
  'a/__init__.py': source(...classes.flat()),
})
