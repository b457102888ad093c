import { readdirSync, readFileSync } from 'node:fs'

const INTERVAL_MS = 200
const TICKS_PER_SECOND = 100
const MEGABYTE = 1024

/**
 * Watches this process and those that it has started (Linux): answers the largest resident size of each kind in
 * megabytes and the processor's seconds so far. A database server that is no child is not counted.
 */
export function watchProcesses() {
  const seen = new Map()
  const look = () => {
    for (const [index, pid] of [process.pid, ...descendants(process.pid)].entries()) {
      const found = readProcess(pid)
      if (found === undefined) continue
      const before = seen.get(pid)
      seen.set(pid, {
        ...found,
        own: index === 0,
        peak: Math.max(found.resident, before?.peak ?? 0),
      })
    }
  }
  look()
  const timer = setInterval(look, INTERVAL_MS)
  timer.unref()
  const started = totals(seen)
  return () => {
    look()
    const now = totals(seen)
    return {
      peakOwn: now.peakOwn,
      peakChildren: now.peakChildren,
      processorSeconds: now.seconds - started.seconds,
    }
  }
}

function totals(seen) {
  const all = [...seen.values()]
  const peak = (own) => Math.max(0, ...all.filter((one) => one.own === own).map((one) => one.peak))
  const seconds = all.reduce((sum, one) => sum + one.seconds, 0)
  return { peakOwn: peak(true), peakChildren: peak(false), seconds }
}

function descendants(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter((child) => child !== '')
        .flatMap((child) => [Number(child), ...descendants(Number(child))]),
    )
  } catch {
    // It has ended.
    return []
  }
}

function readProcess(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return {
      seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      resident: Math.round(Number(resident?.[1] ?? 0) / MEGABYTE),
    }
  } catch {
    return undefined
  }
}
