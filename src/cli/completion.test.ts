import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from './command-table.js'
import { completionScript, SHELLS } from './completion.js'

describe.each(SHELLS)('completion for %s', (shell) => {
  test('knows every command and option', () => {
    const script = completionScript(shell)
    for (const spec of COMMANDS) {
      expect(script).toContain(spec.name)
      for (const [flags] of spec.options) {
        const long = /--[\w-]+/.exec(flags)?.[0] ?? ''
        expect(script).toContain(shell === 'fish' ? `-l ${long.slice(2)}` : long)
      }
    }
  })

  test('is a script that the shell accepts', (context) => {
    const available = spawnSync(shell, ['--version']).status === 0
    if (!available) context.skip(`${shell} is not on this machine`)
    const checked = spawnSync(shell, ['-n'], { input: completionScript(shell), encoding: 'utf8' })
    expect(checked.stderr).toBe('')
    expect(checked.status).toBe(0)
  })
})

test('bash completes commands, options and their values', () => {
  const complete = (line: string): string => {
    const script = `${completionScript('bash')}
COMP_WORDS=(${line} ''); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _moult; printf '%s\\n' "\${COMPREPLY[@]}"`
    return spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout
  }
  expect(complete('moult').split('\n')).toEqual(expect.arrayContaining(['db', 'doctor', 'demo']))
  expect(complete('moult db').split('\n')).toContain('restore')
  expect(complete('moult db list --engine').split('\n')).toContain('managed')
})
