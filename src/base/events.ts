/** A typed list of listeners; the order of calls is the order of subscription. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>()

  /** Adds a listener and returns how to remove it. */
  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void {
    const known = this.#listeners.get(name) ?? new Set()
    known.add(listener)
    this.#listeners.set(name, known)
    return () => known.delete(listener)
  }

  emit<K extends keyof Events>(name: K, event: Events[K]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      ;(listener as (event: Events[K]) => void)(event)
    }
  }
}
