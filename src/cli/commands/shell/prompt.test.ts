import { PassThrough } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type PromptShell, runPrompt } from './prompt.js'

const DONE = { more: false, raised: false, exit: null }

interface Played {
  readonly exit: number
  readonly shown: string
  readonly asked: readonly string[]
}

/** Types `keys` at a prompt, one by one with a breath between them. */
async function play(
  keys: readonly string[],
  push: PromptShell['push'] = async () => DONE,
  terminal = true,
): Promise<Played> {
  const asked: string[] = []
  const input = new PassThrough()
  const output = new PassThrough()
  let shown = ''
  output.setEncoding('utf8').on('data', (text: string) => {
    shown += text
  })
  const shell: PromptShell = {
    push: (line) => {
      asked.push(line)
      return push(line)
    },
    forgetLines: async () => {
      asked.push('(forget)')
    },
    interrupt: async () => {
      asked.push('(interrupt)')
    },
    complete: async (text) => ({ word: text.slice(4), matches: ['user'] }),
  }
  const ended = runPrompt(shell, { input, output, terminal, history: [], keep: () => {} })
  // A prompt that fails is heard of at the end.
  ended.catch(() => {})
  for (const key of keys) {
    input.write(key)
    await wait(20)
  }
  input.end()
  return { exit: await ended, shown, asked }
}

test('lines run in order, and the prompt asks for more of a statement', async () => {
  const { exit, shown, asked } = await play(['if x:\n', '  y\n', '\n', 'z\n'], async (line) => ({
    ...DONE,
    more: line !== '' && line !== 'z',
  }))
  expect(asked).toEqual(['if x:', '  y', '', 'z'])
  expect(shown.match(/>>> |\.\.\. /g)?.slice(0, 2)).toEqual(['>>> ', '... '])
  expect(exit).toBe(0)
})

test('lines that come with the end are still run', async () => {
  const { asked } = await play(['a\nb\n'], async () => {
    await wait(30)
    return DONE
  })
  expect(asked).toEqual(['a', 'b'])
})

test('exit() leaves with its code; nothing behind it is run', async () => {
  const { exit, asked } = await play(['exit(4)\n', 'more\n'], async () => ({ ...DONE, exit: 4 }))
  expect(exit).toBe(4)
  expect(asked).toEqual(['exit(4)'])
})

test('Ctrl-D leaves', async () => {
  expect(await play(['\u0004'])).toMatchObject({ exit: 0, asked: [] })
})

test('Ctrl-C drops what is typed, and the lines of an open statement', async () => {
  const { asked, shown } = await play(['if x:\n', 'typed', '\u0003', 'z\n'], async (line) => ({
    ...DONE,
    more: line === 'if x:',
  }))
  expect(asked).toEqual(['if x:', '(forget)', 'z'])
  expect(shown).toContain('KeyboardInterrupt')
})

test('Ctrl-C interrupts a statement that runs', async () => {
  let stop = (): void => {}
  const running = new Promise<void>((resolve) => {
    stop = resolve
  })
  const played = play(['while 1: pass\n', '\u0003'], async () => {
    await running
    return DONE
  })
  await wait(60)
  stop()
  expect((await played).asked).toEqual(['while 1: pass', '(interrupt)'])
})

test('the tabulator completes, and indents at the beginning of a line', async () => {
  expect((await play(['env.u\t', '\n'])).asked).toEqual(['env.user'])
  expect((await play(['\t', 'x\n'])).asked).toEqual(['    x'])
})

test('a shell that is gone ends the prompt with its error', async () => {
  await expect(
    play(['a\n'], async () => {
      throw new Error('gone')
    }),
  ).rejects.toThrow('gone')
})
