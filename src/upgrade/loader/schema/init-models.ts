import { DatabaseError, join, raw, type Session, type Sql } from '../../../db/index.js'
import { definersOf, type RegistryModel } from '../../../odoo/registry/index.js'
import { askGuest } from '../ask-guest.js'
import { Unreadable } from '../inits/code-value.js'
import { Asks, Facts } from '../inits/facts.js'
import { type FollowedMethod, followMethod } from '../inits/follow-method.js'
import { KNOWN_INITS } from '../inits/known-inits.js'
import type { MethodLibrary } from '../inits/method-library.js'
import type { LoaderHop } from '../loader-part.js'
import type { LoaderScope } from '../loader-scope.js'
import { needDeferred } from './schema-findings.js'

/** What inits are read from, and what they did earlier in the hop. */
export interface InitSource {
  readonly library: MethodLibrary
}

/** The models at a module's turn. */
export interface SchemaTurn {
  readonly module: string
  readonly models: readonly RegistryModel[]
  readonly hop: LoaderHop
  readonly scope: LoaderScope
}

/** What models do to the schema by code of their own. */
export interface ModelInits {
  /** Texts of methods `_init_column`, by model. */
  readonly ownInitColumns: ReadonlyMap<string, string>
  /** Sends what `_auto_init` does before the framework's own. */
  before(): Promise<void>
  /** Sends what it does behind it, and what `init` does. */
  after(): Promise<void>
}

const AUTO_INIT = '_auto_init'
const INIT = 'init'
const INIT_COLUMN = '_init_column'
/** Rounds of questions; a method asks again after each answer. */
const MOST_ROUNDS = 8

interface ModelMethod {
  readonly model: RegistryModel
  readonly method: string
}

/** Follows `_auto_init` and `init` of models; what cannot be followed is the guest's, or a need. */
export async function initModels(source: InitSource, turn: SchemaTurn): Promise<ModelInits> {
  const { models, scope } = turn
  const ownInitColumns = new Map(
    models.flatMap((model) => {
      const text = source.library.textOf(definersOf(model, INIT_COLUMN), INIT_COLUMN)
      return text === '' ? [] : [[model.name, text] as const]
    }),
  )
  const having = (method: string): readonly ModelMethod[] =>
    models
      .filter((model) => definersOf(model, method).length > 0)
      .map((model) => ({ model, method }))
  const autoInits = having(AUTO_INIT).filter(({ model }) => model.auto)
  const inits = having(INIT).filter(({ model }) => model.kind !== 'abstract')
  const left: ModelMethod[] = []
  /** What could not be followed the first time. */
  const beyond = new Set<ModelMethod>()
  return {
    ownInitColumns,
    async before() {
      const followed = await followAll(autoInits, source, turn)
      for (const one of followed.left) beyond.add(one)
      await send(
        scope.session,
        [...followed.done.values()].flatMap((done) => done.before),
      )
      left.push(...(await runByGuest('autoInit', followed.left, turn)))
    },
    async after() {
      const followed = await followAll(
        [...autoInits.filter((one) => !beyond.has(one)), ...inits],
        source,
        turn,
      )
      const own = [...followed.done].flatMap(([{ method }, { before, after }]) =>
        method === INIT ? [...before, ...after] : after,
      )
      await send(scope.session, own)
      await leave([...left, ...followed.left], turn)
    },
  }
}

interface Followed {
  readonly done: ReadonlyMap<ModelMethod, FollowedMethod>
  readonly left: readonly ModelMethod[]
}

/** Follows methods; what they ask is asked together. */
async function followAll(
  methods: readonly ModelMethod[],
  { library }: InitSource,
  { hop, scope }: SchemaTurn,
): Promise<Followed> {
  const facts = new Facts()
  const done = new Map<ModelMethod, FollowedMethod>()
  const left: ModelMethod[] = []
  let open = methods
  for (let round = 0; open.length > 0; round += 1) {
    const questions: string[] = []
    const catalog: string[] = []
    const again: ModelMethod[] = []
    for (const one of open) {
      const given = { model: one.model, registry: hop.registry.models, library, facts }
      try {
        done.set(one, followMethod(one.method, given))
      } catch (error) {
        if (error instanceof Asks && round < MOST_ROUNDS) {
          const foreseen = facts.foresee(() => followMethod(one.method, given))
          catalog.push(...foreseen)
          if (!foreseen.includes(error.query)) questions.push(error.query)
          again.push(one)
        } else if (error instanceof Unreadable || error instanceof Asks) {
          left.push(one)
        } else {
          throw error
        }
      }
    }
    if (questions.length === 0) await facts.learn(scope.session, catalog)
    else await learn(facts, scope.session, [...questions, ...catalog])
    open = again
  }
  return { done, left }
}

/** A question that fails for itself must not spoil the others: it stays open, and so does who asked. */
async function learn(facts: Facts, session: Session, questions: readonly string[]): Promise<void> {
  if (questions.length === 0) return
  try {
    await session.savepoint(() => facts.learn(session, questions))
  } catch (error) {
    if (!(error instanceof DatabaseError) || questions.length === 1) return
    const middle = Math.ceil(questions.length / 2)
    await learn(facts, session, questions.slice(0, middle))
    await learn(facts, session, questions.slice(middle))
  }
}

async function send(session: Session, statements: readonly string[]): Promise<void> {
  if (statements.length === 0) return
  await session.execute(join(statements.map(raw), ';\n'))
}

/** What could not be followed: known from a table, done by the guest, or told. */
async function leave(
  left: readonly ModelMethod[],
  { module, hop, scope }: SchemaTurn,
): Promise<void> {
  const known: Sql[] = []
  const open: ModelMethod[] = []
  for (const one of left) {
    const statement = one.method === INIT ? knownInit(one.model) : undefined
    if (statement === undefined) open.push(one)
    else known.push(statement)
  }
  if (known.length > 0) await scope.session.execute(join(known, ';\n'))
  const inits = open.filter(({ method }) => method === INIT)
  const others = open.filter(({ method }) => method !== INIT)
  const undone = [...others, ...(await runByGuest('init', inits, { module, hop, scope }))]
  for (const { model, method } of undone) {
    const kind = method === INIT ? 'init' : 'auto-init'
    const need = { kind, module, model: model.name, field: undefined, rows: undefined } as const
    if (hop.needs.has(need)) continue
    hop.needs.add(need)
    scope.addFinding(needDeferred(need))
  }
}

/** Returns what the guest could not do either. */
async function runByGuest(
  way: 'init' | 'autoInit',
  methods: readonly ModelMethod[],
  { module, hop, scope }: Pick<SchemaTurn, 'module' | 'hop' | 'scope'>,
): Promise<readonly ModelMethod[]> {
  if (methods.length === 0) return []
  const names = methods.map(({ model }) => model.name)
  const done = await askGuest(hop, scope, (guest) => guest[way](module, names, scope))
  if (done === undefined) return methods
  hop.needs.meet(methods.length)
  return []
}

function knownInit(model: RegistryModel): Sql | undefined {
  const definers = definersOf(model, INIT)
  if (definers.length !== 1) return undefined
  return KNOWN_INITS[`${definers[0]?.module} ${model.name}`]
}
