import childProcess from 'node:child_process'
import crypto from 'node:crypto'
import Module, { builtinModules, createRequire, syncBuiltinESMExports } from 'node:module'
import process from 'node:process'

/** Modules that only compute. */
const HARMLESS: ReadonlySet<string> = new Set([
  'assert',
  'buffer',
  'constants',
  'events',
  'path',
  'path/posix',
  'path/win32',
  'perf_hooks',
  'punycode',
  'querystring',
  'string_decoder',
  'sys',
  'timers',
  'timers/promises',
  'url',
  'util',
  'util/types',
])

/** Loading it changes how the thread treats errors; it can do nothing that the others cannot. */
const NEVER_LOADED: ReadonlySet<string> = new Set(['domain'])

/** Confined one by one below. */
const BY_HAND: ReadonlySet<string> = new Set(['process'])

/** Functions of other modules that the interpreter needs, or that are replaced one by one below. */
const KEPT: Readonly<Record<string, ReadonlySet<string>>> = {
  // Node 20 does not let go of the two of ciphers, which only compute.
  child_process: new Set(['spawnSync']),
  module: new Set(['_load']),
  crypto: new Set(['randomFillSync', 'getRandomValues', 'createCipher', 'createDecipher']),
}

/** What of `process` acts on the host, or tells about it; `exit` ends but this thread. */
const PROCESS_FUNCTIONS = [
  '_debugEnd',
  '_debugProcess',
  '_getActiveHandles',
  '_getActiveRequests',
  '_kill',
  '_linkedBinding',
  '_rawDebug',
  '_startProfilerIdleNotifier',
  '_stopProfilerIdleNotifier',
  'abort',
  'binding',
  'chdir',
  'constrainedMemory',
  'cpuUsage',
  'dlopen',
  'execve',
  'getActiveResourcesInfo',
  'getBuiltinModule',
  'getegid',
  'geteuid',
  'getgid',
  'getgroups',
  'getuid',
  'initgroups',
  'kill',
  'loadEnvFile',
  'openStdin',
  'resourceUsage',
  'setSourceMapsEnabled',
  'setUncaughtExceptionCaptureCallback',
  'setegid',
  'seteuid',
  'setgid',
  'setgroups',
  'setuid',
  'umask',
]

const HIDDEN_VALUES = ['argv', 'argv0', 'config', 'execArgv', 'execPath', 'report', 'mainModule']

const require = createRequire(import.meta.url)

/**
 * Makes Node's modules useless in this thread, for good: whatever JavaScript object a script gets hold
 * of, no file, process, socket or other thread is behind it. Must run after everything has been loaded.
 */
export function confineNode(): void {
  // All are loaded before the first is confined, because they use one another while loading.
  const modules = builtinModules
    .filter((name) => !HARMLESS.has(name) && !NEVER_LOADED.has(name) && !BY_HAND.has(name))
    .flatMap((name) => {
      const exported = load(name)
      return exported === undefined ? [] : [{ name, exported }]
    })
  for (const { name, exported } of modules) {
    refuseFunctions(exported, KEPT[name] ?? new Set(), name.startsWith('_') ? 1 : 2)
  }
  confineModuleLoader()
  // os.system() of the interpreter ends here: a throw instead of a status would be a fatal crash of it.
  set(childProcess, 'spawnSync', () => ({ status: 127, signal: null }))
  confineProcess()
  sync()
}

// Taken hold of, because the module's own export is refused with the others.
const sync = syncBuiltinESMExports

/** Undefined for what a thread cannot load: a script cannot either. */
function load(name: string): object | undefined {
  try {
    return require(name) as object
  } catch {
    return undefined
  }
}

function refuseFunctions(target: object, kept: ReadonlySet<string>, depth: number): void {
  for (const name of Object.getOwnPropertyNames(target)) {
    if (kept.has(name) || name === 'prototype') continue
    const property = Object.getOwnPropertyDescriptor(target, name)
    if (property === undefined) continue
    const value: unknown = readQuietly(target, name)
    if (typeof value === 'function') set(target, name, refused)
    else if (depth > 1 && isPlainObject(value)) refuseFunctions(value, kept, depth - 1)
    else if (property.get !== undefined) set(target, name, undefined)
  }
}

/** `require` and `import` of the few modules that the interpreter asks for by itself go on working. */
function confineModuleLoader(): void {
  const loader = Module.prototype as object
  const kept: Readonly<Record<string, unknown>> = {
    'node:crypto': crypto,
    'node:child_process': childProcess,
  }
  set(Module, '_load', (name: unknown) => {
    const text = String(name)
    return Object.hasOwn(kept, text) ? kept[text] : refused()
  })
  for (const name of Object.getOwnPropertyNames(loader)) {
    if (name === 'constructor' || name === 'require') continue
    const value: unknown = readQuietly(loader, name)
    if (typeof value === 'function') set(loader, name, refused)
  }
}

function confineProcess(): void {
  // Loading all modules warned of old ones; writing that out is not possible any more.
  process.removeAllListeners('warning')
  for (const name of PROCESS_FUNCTIONS) set(process, name, refused)
  for (const name of HIDDEN_VALUES) set(process, name, undefined)
  set(process, 'cwd', () => '/')
  set(process, 'env', Object.freeze(Object.create(null) as object))
}

function refused(): never {
  throw new Error('Not allowed in a migration script')
}

/** Throws when a function stays: an interpreter with a way out must not start. */
function set(target: object, name: string, value: unknown): void {
  const property = Object.getOwnPropertyDescriptor(target, name)
  const old: unknown = property?.value
  if (property === undefined || property.configurable) {
    Object.defineProperty(target, name, {
      value,
      configurable: false,
      enumerable: true,
      writable: false,
    })
  } else if (property.writable) {
    Reflect.set(target, name, value)
  }
  if (typeof old === 'function' && old !== value && Reflect.get(target, name) === old) {
    throw new Error(`${name} cannot be taken away from scripts`)
  }
}

function readQuietly(target: object, name: string): unknown {
  try {
    return Reflect.get(target, name) as unknown
  } catch {
    return undefined
  }
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
}
