import type { DraftCall, DraftStep } from './draft-step.js'

interface TypescriptCall {
  readonly lines: readonly string[]
  /** Helpers that the lines use. */
  readonly uses: readonly string[]
}

const NOTHING: TypescriptCall = { lines: [], uses: [] }

/** The body of a step in TypeScript with moult's helpers, without indentation; nothing for a remark. */
export function typescriptCall(call: DraftCall): TypescriptCall {
  switch (call.kind) {
    case 'rename models':
      return helper('renameModels', pairsText(call.pairs))
    case 'rename tables':
      return helper('renameTables', pairsText(call.pairs))
    case 'rename xml ids':
      return helper('renameXmlIds', pairsText(call.pairs))
    case 'rename field':
      return helper('renameFields', pairsText([[call.model, call.table, call.from, call.to]]))
    case 'copy column': {
      const copies = `new Map([[${text(call.table)}, [[${text(call.column)}, undefined, undefined]]]])`
      return helper('copyColumns', copies)
    }
    case 'map values':
      return mapValues(call)
    case 'move fields': {
      const { model, fields, from, to } = call
      return helper('updateModuleMovedFields', objectText({ model, fields, from, to }))
    }
    case 'move model':
      return helper(
        'updateModuleMovedModels',
        [call.model, call.from, call.to].map(text).join(', '),
      )
    case 'add field': {
      const { field, model, table, type: fieldType, module } = call
      return helper('addFields', `[${objectText({ field, model, table, fieldType, module })}]`)
    }
    case 'drop constraint':
      return helper(
        'deleteSqlConstraint',
        [call.module, call.table, call.name].map(text).join(', '),
      )
    case 'delete records':
      return helper('deleteRecordsByXmlId', arrayText(call.xmlIds))
    case 'set noupdate':
      return helper(
        'setXmlIdsNoupdate',
        `${text(call.module)}, ${arrayText(call.names)}, ${String(call.value)}`,
      )
    case 'load data': {
      const { module, file } = call
      const given = objectText({ module, file, mode: 'init' })
      return { lines: [`await env.helpers.loadData.load(${given}, env.helpers)`], uses: [] }
    }
    case 'statement':
      return { lines: [`await env.cr.sql\`${call.sql}\``], uses: [] }
    case 'remark':
      return NOTHING
  }
}

/** A script in TypeScript with the steps of one phase. */
export function typescriptDraft(title: string, steps: readonly DraftStep[]): string {
  const calls = steps.map((step) => ({ step, call: typescriptCall(step.call) }))
  const uses = calls.flatMap(({ step, call }) => (step.isGuess ? [] : call.uses))
  const body = calls.flatMap(({ step: { reason, lines, isGuess }, call }) => [
    `// ${reason}`,
    ...lines.map((line) => `//   ${line}`),
    ...call.lines.map((line) => (isGuess ? `// ${line}` : line)),
    '',
  ])
  const names = [...new Set(uses)].sort()
  return [
    `import { ${[...names, 'type ScriptEnvironment'].join(', ')} } from 'moult'`,
    '',
    `/** ${title} */`,
    'export async function migrate(env: ScriptEnvironment, version: string): Promise<void> {',
    ...body.slice(0, -1).map((line) => (line === '' ? '' : `  ${line}`)),
    '}',
    '',
  ].join('\n')
}

function helper(name: string, args: string): TypescriptCall {
  return { lines: [`await ${name}(env.helpers, ${args})`], uses: [name] }
}

function mapValues(call: DraftCall & { readonly kind: 'map values' }): TypescriptCall {
  const source = `legacyName(env.helpers.release, ${text(call.column)})`
  const mapping = call.values.map((value) => `[${text(value)}, …]`).join(', ')
  const { table, column } = call
  return {
    lines: [
      `await mapValues(env.helpers, { table: ${text(table)}, source: ${source}, target: ${text(column)}, mapping: [${mapping}] })`,
    ],
    uses: ['legacyName', 'mapValues'],
  }
}

function text(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
}

function arrayText(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`
}

function pairsText(rows: readonly (readonly string[])[]): string {
  if (rows.length === 1) return `[${arrayText(rows[0] ?? [])}]`
  return `[\n${rows.map((row) => `  ${arrayText(row)},`).join('\n')}\n]`
}

function objectText(members: Readonly<Record<string, string | readonly string[]>>): string {
  const parts = Object.entries(members).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? text(value) : arrayText(value)}`,
  )
  return `{ ${parts.join(', ')} }`
}
