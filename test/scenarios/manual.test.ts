import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Emitter } from '../../src/base/index.js'
import { type CommandInput, textOption } from '../../src/cli/command.js'
import { COMMANDS } from '../../src/cli/command-table.js'
import { streamEvents } from '../../src/cli/commands/upgrade/run-log.js'
import { buildProgram } from '../../src/cli/program.js'
import { loadProjectConfig, readEnvironment } from '../../src/config/index.js'
import { projectSchema } from '../../src/config/project/project-schema.js'
import { createWorkshop } from '../../src/databases/example/index.js'
import { createEmptyDatabase, filestoreOf } from '../../src/databases/manager/index.js'
import { EmbeddedCluster } from '../../src/db/index.js'
import type { RunEvents } from '../../src/upgrade/runner/index.js'
import { commandsOf, type DocBlock, docBlocks, readPage } from '../support/doc-blocks.js'
import { embeddedOnDisk, testCache } from '../support/engines.js'
import { runMoult } from '../support/moult-command.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'
import { requestOf, UpgradeBench } from '../support/upgrade-bench.js'

const ROOT = resolve(import.meta.dirname, '../..')
const PAGES = [
  'upgrade.md',
  'scripts.md',
  'database-manager.md',
  'example.md',
  'shell.md',
  'verify.md',
  'reading-a-release.md',
]
const blocks = PAGES.flatMap(docBlocks)
const shown = blocks.filter(({ language }) => language === 'sh')

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

/** What a command line of the manual comes to, without running it. */
async function parse(args: readonly string[]): Promise<CommandInput> {
  let input: CommandInput | undefined
  const program = buildProgram({
    version: '0',
    width: 80,
    execute: async (_, given) => {
      input = given
    },
  })
  await program.parseAsync([...args], { from: 'user' })
  if (input === undefined) throw new Error('It runs no command')
  return input
}

describe('commands of the manual', () => {
  const commands = shown.flatMap((block) =>
    commandsOf(block).map((args) => ({ where: block.where, line: args.join(' '), args })),
  )

  test('there are some', () => expect(commands.length).toBeGreaterThan(25))

  test.each(commands)('$where: moult $line', async ({ args }) => {
    await expect(parse(args)).resolves.toBeDefined()
  })

  test('a command that is none is noticed', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await expect(parse(['upgrade', '--nonsense'])).rejects.toThrow('--nonsense')
    await expect(parse(['upgrade', 'acme', '--to'])).rejects.toThrow('--to')
    told.mockRestore()
  })
})

test('options of upgrade, steps, keys of the configuration and events are those of the program', () => {
  const text = readPage('upgrade.md')
  const upgrade = COMMANDS.find(({ name, group }) => name === 'upgrade' && group === undefined)
  const flags = upgrade?.options.map(([option]) => /--[\w-]+/.exec(option)?.[0] ?? '') ?? []
  const known = new Set([...flags, '--json', '--help', '--quiet'])
  const short: Readonly<Record<string, string>> = {
    '--config': '-c',
    '--database': '-d',
    '--update': '-u',
    '--init': '-i',
    '--output': '-o',
    '--data-dir': '-D',
  }
  const missing = [...known].filter(
    (flag) => !text.includes(flag) && !text.includes(`\`${short[flag] ?? flag}`),
  )
  expect(missing.filter((flag) => !/^--(db_|engine|quiet)/.test(flag))).toEqual([])

  for (const key of Object.keys(projectSchema.shape)) {
    expect(text).toMatch(new RegExp(`^\\| \`${key}[\`.]`, 'm'))
  }

  const events = new Emitter<RunEvents>()
  const on = vi.spyOn(events, 'on')
  streamEvents(events, () => {})
  const table = /^\| Event [\s\S]*?\n\n/m.exec(text)?.[0] ?? ''
  const told = [...table.matchAll(/^\| `(\w+)`/gm)].map((match) => match[1])
  expect(told.toSorted()).toEqual(on.mock.calls.map(([name]) => name).toSorted())
})

describe('TypeScript of the manual', () => {
  const typed = blocks.filter(({ language }) => language === 'ts')

  test('has its types', async () => {
    const files = typed.map((block, at) => ({ ...block, file: `/manual/block_${at}.ts` }))
    const texts = new Map(files.map(({ file, text }) => [file, text]))
    expect(
      problemsOf(texts).map((problem) => problem.replace(/block_(\d+)/, nameOf(files))),
    ).toEqual([])
    expect(
      problemsOf(new Map([['/manual/x.ts', "import { none } from 'moult'\nnone()\n"]])),
    ).toEqual([expect.stringContaining('none')])
  })

  test('the configuration can be loaded', async () => {
    const [config] = typed.filter(({ use }) => use === 'config')
    await writeFile(join(folder.path, 'moult.config.ts'), config?.text ?? '')
    const project = await loadProjectConfig(folder.path, readEnvironment({ HOME: folder.path }))
    expect(project?.to).toBe('17.0')
    expect([...(project?.releases.keys() ?? [])]).toEqual(['16.0', '17.0'])
  })
})

function nameOf(files: readonly DocBlock[]) {
  return (_: string, at: string): string => files[Number(at)]?.where ?? ''
}

/** What the compiler says about files that exist in memory only; `moult` is this source. */
function problemsOf(texts: ReadonlyMap<string, string>): readonly string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT)
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists, getSourceFile } = host
  host.readFile = (file) => texts.get(file) ?? readFile(file)
  host.fileExists = (file) => texts.has(file) || fileExists(file)
  host.getSourceFile = (file, language, ...rest) => {
    const text = texts.get(file)
    return text === undefined
      ? getSourceFile(file, language, ...rest)
      : ts.createSourceFile(file, text, language)
  }
  const program = ts.createProgram(
    [...texts.keys()],
    {
      ...options,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      noUnusedParameters: false,
      typeRoots: [join(ROOT, 'node_modules/@types')],
      paths: { moult: [join(ROOT, 'src/index.ts')] },
    },
    host,
  )
  return [...texts.keys()].flatMap((file) => {
    const source = program.getSourceFile(file)
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
  })
}

describe('scripts of the manual', () => {
  const bench = new UpgradeBench(embeddedOnDisk)
  const scripts = blocks.filter(({ use }) => use === 'script')

  test('run, all of them in one upgrade', async () => {
    const files = Object.fromEntries(
      scripts.map(({ language, text }, at) => {
        const phase = text.includes('end-check') ? 'end' : 'pre'
        return [`17.0.2.0/${phase}-${at}.${language}`, text]
      }),
    )
    const tree = await bench.tree('17.0', { mine: { version: '2.0', scripts: files } })
    const database = await bench.database(
      '17.0',
      { mine: {} },
      "ALTER TABLE res_partner ADD COLUMN nickname varchar; UPDATE res_partner SET name = name || ' '",
    )
    const outcome = await bench.upgrade(database, requestOf({ to: '17.0', tree, update: ['mine'] }))
    expect(outcome.error).toBeUndefined()
    expect(outcome.findings.filter(({ severity }) => severity !== 'info')).toEqual([])
    expect(Object.keys(files)).toHaveLength(7)
    expect(await bench.column(database, 'SELECT name FROM res_partner ORDER BY id')).toEqual([
      'AGROLAIT',
      'Azure Interior',
      'Deco Addict',
    ])
  })
})

test('the commands of "Try it" do on the example what they say', { timeout: 400_000 }, async () => {
  const place = {
    home: join(folder.path, 'home'),
    cache: testCache,
    folder: join(folder.path, 'ex'),
  }
  await mkdir(place.home)
  await cp(join(ROOT, 'examples/bicycle-workshop'), place.folder, { recursive: true })
  const cluster = new EmbeddedCluster({
    directory: join(place.home, 'embedded'),
    cacheDirectory: testCache,
    operation: 'test',
  })
  try {
    const host = { cluster, filestoreRoot: join(place.home, 'filestore') }
    await createEmptyDatabase(host, 'workshop')
    await cluster.withSession('workshop', (session) =>
      createWorkshop(session, filestoreOf(host, 'workshop')),
    )
  } finally {
    await cluster.close()
  }
  const [example] = shown.filter(({ use }) => use === 'example')
  const commands = commandsOf(example ?? { text: '' })
  expect(commands.length).toBeGreaterThan(5)
  for (const args of commands) {
    const { exit, stdout, stderr } = await runMoult(place, args)
    expect({ args, exit, stderr: exit === 0 ? '' : stderr }).toEqual({ args, exit: 0, stderr: '' })
    expect(stdout).not.toBe('')
  }
  const status = await runMoult(place, ['status', '--json'])
  expect(status.json.result).toMatchObject([
    { database: 'first', status: 'done' },
    { database: 'first_17', status: 'done' },
  ])
  expect(textOption((await parse(['status', '-d', 'first'])).options, 'database')).toBe('first')
})
