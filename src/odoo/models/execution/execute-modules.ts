import { join } from 'node:path'
import type { Findings } from '../../../base/index.js'
import type { PythonClass, PythonFile, PythonStatement, PythonTarget } from '../../../text/index.js'
import type { Release } from '../../release/index.js'
import { binary } from '../folding/operators.js'
import { iterate, kindOf, type RuntimeValue, UNKNOWN } from '../folding/runtime-value.js'
import type { FileNames, Scope } from '../folding/scope.js'
import { toSource } from '../folding/to-source.js'
import type { FunctionDefinition, ModelClass, ModuleModels } from '../model-class.js'
import type { ModuleFiles } from '../reading/file-reader.js'
import {
  dottedOf,
  filesOf,
  moduleOfFrom,
  moduleOfImport,
  splitAddon,
} from '../reading/import-path.js'
import type { SourceValue } from '../source-value.js'
import { attachToClass, type BuiltClass, buildClass } from './build-class.js'
import { modelOfClass } from './model-of-class.js'
import { ModuleWorld } from './module-world.js'
import { reportFile, reportImport, reportMro, reportUnreadValues } from './reading-findings.js'

interface Addon {
  readonly source: ModuleFiles
  readonly contents: ReadonlyMap<string, string>
  readonly files: string[]
  readonly classes: ModelClass[]
  isComplete: boolean
}

/**
 * What importing each module defines, by name in the order given; modules without files are left out.
 * What is strange about them goes to the findings.
 */
export function executeModules(
  order: readonly string[],
  sources: ReadonlyMap<string, ModuleFiles>,
  release: Release,
  findings: Findings,
): ReadonlyMap<string, ModuleModels> {
  const executor = new ModuleExecutor(sources, release, findings)
  const modules = new Map<string, ModuleModels>()
  for (const name of order) {
    const models = executor.execute(name)
    if (models !== undefined) modules.set(name, models)
  }
  return modules
}

/** Executes modules as importing them does, as far as definitions go; nothing of theirs is run. */
class ModuleExecutor {
  readonly #sources: ReadonlyMap<string, ModuleFiles>
  readonly #major: number
  readonly #findings: Findings
  readonly #world: ModuleWorld
  readonly #addons = new Map<string, Addon>()
  readonly #namesOf = new Map<string, FileNames | undefined>()

  constructor(sources: ReadonlyMap<string, ModuleFiles>, release: Release, findings: Findings) {
    this.#sources = sources
    this.#major = release.major
    this.#findings = findings
    this.#world = new ModuleWorld((dotted) => this.#import(dotted), release.major)
  }

  /** What importing the module's package defines; nothing for a module without files. */
  execute(module: string): ModuleModels | undefined {
    const names = this.#import(dottedOf(module, []))
    const addon = this.#addon(module)
    if (addon === undefined) return undefined
    const { source, files, classes, isComplete } = addon
    for (const model of classes) reportUnreadValues(model, this.#findings)
    return {
      ...{ module, folder: source.folder, files, classes },
      bytes: source.bytes,
      functions: functionsOf(names),
      complete: isComplete,
    }
  }

  #addon(name: string): Addon | undefined {
    const source = this.#sources.get(name)
    if (source === undefined) return undefined
    const known = this.#addons.get(name)
    if (known !== undefined) return known
    const contents = new Map(source.files)
    const addon = { source, contents, files: [], classes: [], isComplete: true }
    this.#addons.set(name, addon)
    return addon
  }

  /** Runs a file the first time, behind the packages around it. */
  #import(dotted: string): FileNames | undefined {
    if (this.#namesOf.has(dotted)) return this.#namesOf.get(dotted)
    const place = splitAddon(dotted)
    const addon = place === undefined ? undefined : this.#addon(place.addon)
    if (place === undefined || addon === undefined) return undefined
    if (place.path.length > 0) {
      const outer = this.#import(dottedOf(place.addon, place.path.slice(0, -1)))
      if (outer?.isPackage !== true) return undefined
      // Running the package may have run this file.
      if (this.#namesOf.has(dotted)) return this.#namesOf.get(dotted)
    }
    const path = filesOf(place.path).find((name) => addon.contents.has(name))
    if (path === undefined) {
      this.#namesOf.set(dotted, undefined)
      return undefined
    }
    return this.#run(dotted, path, place.addon, addon)
  }

  #run(dotted: string, path: string, module: string, addon: Addon): FileNames {
    const file = join(addon.source.folder, path).replaceAll('\\', '/')
    const isPackage = path.endsWith('__init__.py')
    const names: FileNames = { file, module, dotted, isPackage, names: new Map() }
    this.#namesOf.set(dotted, names)
    addon.files.push(file)
    const read = JSON.parse(addon.contents.get(path) ?? '') as PythonFile
    if (!reportFile(read, module, file, this.#findings)) addon.isComplete = false
    const scope: Scope = { file: names, locals: [] }
    for (const statement of read.statements) this.#statement(statement, scope, names.names)
    return names
  }

  #statement(
    statement: PythonStatement,
    scope: Scope,
    names: Map<string, RuntimeValue>,
    onValue?: (name: string, value: SourceValue) => void,
  ): void {
    switch (statement.kind) {
      case 'import':
        this.#importStatement(statement.module, statement.alias, names)
        return
      case 'from':
        this.#fromStatement(statement, scope, names)
        return
      case 'assign':
        this.#assign(statement, scope, names, onValue)
        return
      case 'augment':
        this.#augment(statement, scope, names, onValue)
        return
      case 'attach':
        this.#attach(statement, scope)
        return
      case 'class': {
        const built = this.#class(statement, scope)
        names.set(statement.name, built.value)
        return
      }
      case 'function':
        names.set(statement.name, { kind: 'function', syntax: statement, scope, isMethod: false })
        return
      default:
        return
    }
  }

  #importStatement(name: string, alias: string | null, names: Map<string, RuntimeValue>): void {
    const dotted = moduleOfImport(name)
    const value = this.#world.external(dotted)
    const [top = dotted] = dotted.split('.')
    if (alias !== null) names.set(alias, value)
    else names.set(name.split('.')[0] ?? name, { kind: 'external', path: top })
  }

  #fromStatement(
    statement: Extract<PythonStatement, { readonly kind: 'from' }>,
    scope: Scope,
    names: Map<string, RuntimeValue>,
  ): void {
    const module = moduleOfFrom(statement, scope.file)
    if (module === undefined) return
    const isOwn = splitAddon(module)?.addon === scope.file.module
    const from = splitAddon(module) === undefined ? undefined : this.#import(module)
    if (isOwn && from === undefined)
      reportImport(module, statement.line, scope.file, this.#findings)
    if (statement.names.length === 0) {
      for (const [name, value] of from?.names ?? []) {
        if (!name.startsWith('_')) names.set(name, value)
      }
    }
    for (const [name, alias] of statement.names) {
      const value = this.#world.external(`${module}.${name}`)
      const isUnknown = kindOf(value) === 'unknown'
      // What is bound by a statement that is not followed may be there all the same.
      if (isOwn && from?.isPackage === true && isUnknown && !from.names.has(name)) {
        reportImport(`${module}.${name}`, statement.line, scope.file, this.#findings)
      }
      names.set(alias, value)
    }
  }

  #assign(
    statement: Extract<PythonStatement, { readonly kind: 'assign' }>,
    scope: Scope,
    names: Map<string, RuntimeValue>,
    onValue?: (name: string, value: SourceValue) => void,
  ): void {
    const { slot, targets } = statement
    const { folder } = this.#world
    const value = folder.fold(slot.expression, scope)
    const bind = (target: PythonTarget, part: RuntimeValue): void => {
      if (typeof target !== 'string') {
        const items = iterate(part)
        const fits = items?.length === target.length
        for (const [index, inner] of target.entries()) {
          bind(inner, (fits ? items[index] : undefined) ?? UNKNOWN)
        }
        return
      }
      if (statement.isFallback === true && names.has(target)) return
      names.set(target, part)
      if (onValue !== undefined && !isDefinition(part)) {
        onValue(target, toSource(part, slot, scope, folder, slot.line ?? 0))
      }
    }
    for (const target of targets) bind(target, value)
  }

  #augment(
    statement: Extract<PythonStatement, { readonly kind: 'augment' }>,
    scope: Scope,
    names: Map<string, RuntimeValue>,
    onValue?: (name: string, value: SourceValue) => void,
  ): void {
    const { name, operator, slot } = statement
    const { folder } = this.#world
    const before = names.get(name) ?? UNKNOWN
    const value = binary(operator, before, folder.fold(slot.expression, scope))
    names.set(name, value)
    onValue?.(name, toSource(value, slot, scope, folder, slot.line ?? 0))
  }

  #attach(statement: Extract<PythonStatement, { readonly kind: 'attach' }>, scope: Scope): void {
    const { folder } = this.#world
    const of = folder.fold(statement.of, scope)
    const name = folder.fold(statement.name, scope)
    if (typeof name !== 'string' || typeof of !== 'object' || of === null || !('kind' in of)) return
    const value = folder.fold(statement.slot.expression, scope)
    if (of.kind === 'external') this.#world.attach(`${of.path}.${name}`, value)
    if (of.kind !== 'class') return
    attachToClass(of, name, value)
    if (isDefinition(value)) return
    const attributes = of.body.attributes as Record<string, SourceValue>
    attributes[name] = toSource(value, statement.slot, scope, folder, statement.slot.line ?? 0)
  }

  #class(statement: PythonClass, scope: Scope): BuiltClass {
    const onClass = (built: BuiltClass): void => this.#register(built)
    const built = buildClass(statement, scope, '', {
      world: this.#world,
      run: (part, inner, names, onValue) => this.#statement(part, inner, names, onValue),
      onClass,
    })
    this.#register(built)
    return built
  }

  #register({ value, isConsistent }: BuiltClass): void {
    if (!isConsistent) reportMro(value.body, this.#findings)
    const model = modelOfClass(value, this.#major, this.#findings)
    if (model !== undefined) this.#addon(model.module)?.classes.push(model)
  }
}

/** Fields, functions and classes are no attributes with a value. */
function isDefinition(value: RuntimeValue): boolean {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  return value.kind === 'field' || value.kind === 'class'
}

function functionsOf(names: FileNames | undefined): Readonly<Record<string, FunctionDefinition>> {
  const functions: Record<string, FunctionDefinition> = {}
  for (const [name, value] of names?.names ?? []) {
    if (typeof value !== 'object' || value === null || !('kind' in value)) continue
    if (value.kind !== 'function') continue
    const { line, endLine, parameters = [] } = value.syntax
    functions[name] = {
      place: { file: value.scope.file.file, line },
      endLine,
      parameters: parameters.map((one) => (typeof one === 'string' ? one : one.name)),
    }
  }
  return functions
}
