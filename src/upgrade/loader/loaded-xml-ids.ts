/** The external identifiers that a run has loaded: `loaded_xmlids` of Odoo's registry. */
export class LoadedXmlIds {
  readonly #ids = new Set<string>()

  /** Adds `module.name`. */
  add(xmlId: string): void {
    this.#ids.add(xmlId)
  }

  has(xmlId: string): boolean {
    return this.#ids.has(xmlId)
  }

  get size(): number {
    return this.#ids.size
  }

  /** Names of one module's, without the module. */
  ofModule(module: string): readonly string[] {
    const prefix = `${module}.`
    return [...this.#ids].filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length))
  }
}
