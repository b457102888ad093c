import { messageOf } from '../../../base/index.js'
import { listCache } from '../../../cache/index.js'
import { describePart } from '../cache/clear.js'
import type { Check } from './check.js'

/** What the cache folder holds, part by part. */
export async function checkCache(folder: string): Promise<Check> {
  try {
    const parts = await listCache(folder)
    const found = parts.length === 0 ? 'empty' : parts.map(describePart).join('; ')
    return {
      name: 'Cache',
      state: 'ok',
      found: `${folder}, ${found}`,
      note: 'makes the second time quicker (MOULT_CACHE moves it, moult cache clear empties it)',
    }
  } catch (error) {
    return {
      name: 'Cache',
      state: 'missing',
      found: messageOf(error),
      note: 'Everything works, but nothing is kept for the next time. Set MOULT_CACHE to a folder of yours.',
    }
  }
}
