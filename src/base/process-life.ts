import { readFileSync } from 'node:fs'
import { codeOf } from './errors.js'

const DEAD_STATES: ReadonlySet<string> = new Set(['Z', 'X'])
/** Fields of /proc/PID/stat, counted from the one behind the command's name. */
const STATE_FIELD = 0
const START_FIELD = 19

/**
 * When a process began, as its system counts it: tells a process from a later one that was given the
 * same number. Undefined where the system does not say (only Linux does).
 */
export function processStart(pid: number): string | undefined {
  return linuxStat(pid)?.[START_FIELD]
}

/** Whether the process runs; with `start`, whether it is still the same one. */
export function isProcessAlive(pid: number, start?: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false
  }
  const stat = linuxStat(pid)
  if (stat === undefined) return true
  // One that ended and that nobody has buried, as in containers without an init, still has a number.
  if (DEAD_STATES.has(stat[STATE_FIELD] ?? '')) return false
  return start === undefined || stat[START_FIELD] === start
}

function linuxStat(pid: number): readonly string[] | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    // Gone, or hidden from this user.
    return undefined
  }
}
