import type { Emitter } from '../../../base/index.js'
import type { RunEvents } from '../../../upgrade/runner/index.js'

const LANGUAGES = { py: 'Python', ts: 'TypeScript', sql: 'SQL' } as const

/** What scripts of one language took. */
export interface LanguageTime {
  readonly language: string
  readonly scripts: number
  readonly milliseconds: number
}

/** Listens to a run and adds up its scripts by language. */
export function timeScripts(events: Emitter<RunEvents>): () => readonly LanguageTime[] {
  const times = new Map<string, LanguageTime>()
  events.on('scriptFinished', ({ file, milliseconds }) => {
    const ending = file.slice(file.lastIndexOf('.') + 1)
    const language = Object.hasOwn(LANGUAGES, ending)
      ? LANGUAGES[ending as keyof typeof LANGUAGES]
      : ending
    const before = times.get(language) ?? { language, scripts: 0, milliseconds: 0 }
    times.set(language, {
      language,
      scripts: before.scripts + 1,
      milliseconds: before.milliseconds + milliseconds,
    })
  })
  return () => [...times.values()].sort((a, b) => b.scripts - a.scripts)
}
