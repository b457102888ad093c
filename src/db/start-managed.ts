import type { ManagedOptions, ManagedServer } from './managed/managed-server.js'

/**
 * Starts the server of `directory`, or uses the one that another moult process has started there. The code
 * of managed servers is loaded here: whoever talks to somebody's server does without.
 */
export async function startManaged(options: ManagedOptions): Promise<ManagedServer> {
  const managed = await import('./managed/managed-server.js')
  return managed.startManaged(options)
}
