import type { Pyodide } from './start-pyodide.js'

/** Globals that reach out of the thread, or lead to what does. */
const REMOVED_GLOBALS = [
  'Blob',
  'BroadcastChannel',
  'Buffer',
  'EventSource',
  'File',
  'FormData',
  'Headers',
  'MessageChannel',
  'MessagePort',
  'Request',
  'Response',
  'SharedArrayBuffer',
  'WebSocket',
  'Worker',
  'fetch',
  'navigator',
  'process',
  'require',
]

/** The only file system that the interpreter keeps, besides what is mounted already. */
const OWN_MEMORY = 'MEMFS'

/** What Pyodide's own interface can load from elsewhere. */
const REMOVED_LOADERS = [
  '_nodeSock',
  'initializeNodeSockFS',
  'install',
  'loadBinaryFile',
  'loadDynlib',
  'loadScript',
  'lockFilePromise',
  'packageManager',
  'package_loader',
  'saveSnapshot',
  'makeSnapshot',
  'restoreSnapshot',
]

/**
 * Takes from the JavaScript of this thread what a script could use if it got hold of any object of it:
 * code from text, the network, other threads, and changing the built-in objects that the host's own
 * code in this thread works with.
 */
export function confineRealm(python: Pyodide): void {
  for (const name of ['js', 'pyodide_js']) python.unregisterJsModule(name)
  for (const name of Object.keys(python.FS.filesystems)) {
    if (name !== OWN_MEMORY) Reflect.deleteProperty(python.FS.filesystems, name)
  }
  for (const name of REMOVED_LOADERS) replace(python._api, name, undefined)
  for (const name of [
    'loadPackage',
    'mountNativeFS',
    'mountNodeFS',
    'useNodeSockFS',
    'runPythonAsync',
  ]) {
    replace(python, name, undefined)
  }
  refuseCodeFromText()
  for (const name of REMOVED_GLOBALS) {
    if (!Reflect.deleteProperty(globalThis, name)) replace(globalThis, name, undefined)
  }
  freezeBuiltIns()
}

function refuseCodeFromText(): void {
  const kinds = [() => {}, async () => {}, function* () {}, async function* () {}]
  for (const kind of kinds) replace(Object.getPrototypeOf(kind) as object, 'constructor', undefined)
  // Pyodide asks for `instanceof Function`, so the name has to stay.
  const noFunction = function code(): never {
    throw new EvalError('Code from text is refused')
  }
  Object.defineProperty(noFunction, 'prototype', { value: Object.getPrototypeOf(noFunction) })
  Object.defineProperty(noFunction, 'name', { value: 'Function' })
  replace(globalThis, 'Function', noFunction)
  // Emscripten calls it from compiled code, where a throw would be a fatal crash.
  replace(globalThis, 'eval', () => 0)
}

function freezeBuiltIns(): void {
  const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]()) as object
  const mapIterator = Object.getPrototypeOf(new Map().values()) as object
  const setIterator = Object.getPrototypeOf(new Set().values()) as object
  const targets: readonly object[] = [
    String.prototype,
    Array.prototype,
    Map.prototype,
    WeakMap.prototype,
    Set.prototype,
    Int32Array.prototype,
    arrayIterator,
    mapIterator,
    setIterator,
    Atomics,
    JSON,
    Reflect,
  ]
  for (const target of targets) Object.freeze(target)
}

function replace(target: object, name: string, value: unknown): void {
  try {
    Object.defineProperty(target, name, { value, configurable: false, writable: false })
  } catch {
    Reflect.set(target, name, value)
  }
}
