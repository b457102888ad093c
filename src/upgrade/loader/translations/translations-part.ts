import { sql } from '../../../db/index.js'
import { releaseRules } from '../../../odoo/release/index.js'
import type { LoadedModule, LoaderHop, LoaderPart } from '../loader-part.js'
import type { LoaderFact, LoaderScope } from '../loader-scope.js'
import { ModuleTexts } from './files/module-texts.js'
import { readLanguageFiles } from './files/read-texts.js'
import { termRules } from './terms/term-rules.js'
import { translationsKept, translationsLeft, translationsOfTable } from './translation-findings.js'
import { writeTerms } from './writing/write-terms.js'
import { writeWhole } from './writing/write-whole.js'

/** In which everything is written; a file of it would translate nothing. */
const SOURCE_LANGUAGE = 'en_US'

/**
 * Translations of the installed languages, behind the post scripts of each module. What the database has in a
 * language stays. Without `parity` whole fields are filled once more when all modules are there: by then there
 * are the fields that later modules add, and rows of models that later modules wrote anew.
 */
export class TranslationsPart implements LoaderPart {
  readonly name = 'translations'
  readonly #modules: string[] = []
  #languages: readonly string[] | undefined

  recall(facts: readonly LoaderFact[]): void {
    const kept = facts.at(-1)?.value
    if (Array.isArray(kept)) this.#languages = kept.map(String)
  }

  replay({ module }: LoadedModule): void {
    this.#modules.push(module)
  }

  async afterScripts({ module }: LoadedModule, hop: LoaderHop, scope: LoaderScope): Promise<void> {
    this.#modules.push(module)
    if (this.#languages === undefined) {
      this.#languages = await readLanguages(hop, scope)
      scope.keep({ part: this.name, value: this.#languages })
    }
    if (this.#languages.length === 0 || isTable(hop)) return
    const texts = await readTexts([module], this.#languages, hop, scope.addFinding)
    if (texts.isEmpty) return
    const kept = await writeWhole(scope.session, texts, hop.registry)
    const rules = termRules(hop.source.release.major)
    const terms = await writeTerms(scope.session, texts, hop.registry, rules)
    if (!hop.parity && kept + terms.kept > 0) {
      scope.addFinding(translationsKept(module, kept + terms.kept))
    }
    for (const [field, count] of terms.left)
      scope.addFinding(translationsLeft(module, field, count))
  }

  async settle(_: unknown, hop: LoaderHop, scope: LoaderScope): Promise<void> {
    const known = this.#languages ?? []
    const active = await readLanguages(hop, scope)
    if (isTable(hop)) {
      if (active.length > 0) scope.addFinding(translationsOfTable(hop.source.release, active))
      return
    }
    const late = active.filter((language) => !known.includes(language))
    const wanted = hop.parity ? late : active
    if (wanted.length === 0) return
    // The first module that has a text wins, as it would have at its turn. Files told what they lack before.
    const texts = await readTexts(this.#modules.toReversed(), wanted, hop, () => {})
    await writeWhole(scope.session, texts, hop.registry)
    if (late.length === 0) return
    const terms = await readTexts(this.#modules.toReversed(), late, hop, scope.addFinding)
    const rules = termRules(hop.source.release.major)
    await writeTerms(scope.session, terms, hop.registry, rules)
  }
}

function isTable({ source }: LoaderHop): boolean {
  return releaseRules(source.release).translationStorage === 'table'
}

async function readLanguages(
  { registry }: LoaderHop,
  { session }: LoaderScope,
): Promise<readonly string[]> {
  if (!registry.models.has('res.lang')) return []
  const { rows } = await session.query<{ code: string }>(
    sql`SELECT code FROM res_lang WHERE active AND code <> ${SOURCE_LANGUAGE} ORDER BY code COLLATE "C"`,
  )
  return rows.map(({ code }) => code)
}

async function readTexts(
  modules: readonly string[],
  languages: readonly string[],
  hop: LoaderHop,
  addFinding: LoaderScope['addFinding'],
): Promise<ModuleTexts> {
  const texts = new ModuleTexts(hop.registry)
  for (const module of modules) {
    for (const { language, content } of await readLanguageFiles(
      module,
      languages,
      hop.source,
      addFinding,
    )) {
      for (const entry of content.entries) texts.add(entry, language)
    }
  }
  return texts
}
