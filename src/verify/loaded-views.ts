import { fieldsOf } from './log-in.js'
import { listName, type ViewArch, type ViewField } from './view-arch.js'

/** What is known of a field: enough to ask for its value as the web client does. */
export interface FieldFacts {
  readonly type: string
  /** Model that a relation leads to. */
  readonly relation: string | undefined
}

/** A view as a server gave it. */
export interface LoadedView {
  readonly type: string
  readonly arch: ViewArch
}

/** The views of an action and the fields of the models in them. */
export interface LoadedViews {
  readonly views: ReadonlyMap<string, LoadedView>
  /** Fields by model. */
  readonly models: ReadonlyMap<string, ReadonlyMap<string, FieldFacts>>
}

type ReadArch = (arch: string) => ViewArch

/**
 * Reads what `load_views` (14, 15) or `get_views` (16 and newer) answered for a model. The older one has
 * the views of lines beside their field, the newer one inside of the architecture.
 */
export function readViews(answer: unknown, model: string, readArch: ReadArch): LoadedViews {
  const given = fieldsOf(answer)
  return 'fields_views' in given
    ? readFieldsViews(given, model, readArch)
    : readModelViews(given, readArch)
}

function readModelViews(
  { views, models }: Readonly<Record<string, unknown>>,
  readArch: ReadArch,
): LoadedViews {
  const known = Object.entries(fieldsOf(models)).map(([name, described]) => {
    // From 17.0 on what is told of a model is more than its fields.
    const facts = fieldsOf(described)
    const fields = isDescription(facts.fields) ? facts.fields : facts
    return [name, fieldFacts(fields)] as const
  })
  const loaded = Object.entries(fieldsOf(views)).map(([type, view]) => {
    const name = listName(type)
    return [name, { type: name, arch: readArch(String(fieldsOf(view).arch)) }] as const
  })
  return { views: new Map(loaded), models: new Map(known) }
}

function readFieldsViews(
  { fields_views: views, fields }: Readonly<Record<string, unknown>>,
  model: string,
  readArch: ReadArch,
): LoadedViews {
  const models = new Map<string, Map<string, FieldFacts>>()
  const learn = (name: string, described: unknown): void => {
    const known = models.get(name) ?? new Map<string, FieldFacts>()
    for (const [field, facts] of fieldFacts(described)) known.set(field, facts)
    models.set(name, known)
  }
  const linesOf = (described: unknown): ReadonlyMap<string, readonly ViewField[]> => {
    const facts = fieldsOf(described)
    const lines = Object.entries(fieldsOf(facts.views)).map(([type, view]) => {
      const { arch, fields: own } = fieldsOf(view)
      if (typeof facts.relation === 'string') learn(facts.relation, own)
      return [listName(type), readArch(String(arch)).fields] as const
    })
    return new Map(lines)
  }
  learn(model, fields)
  const loaded = Object.entries(fieldsOf(views)).map(([type, view]) => {
    const { arch: text, fields: own } = fieldsOf(view)
    learn(model, own)
    const arch = readArch(String(text))
    const withLines = arch.fields.map((field) => {
      const lines = linesOf(fieldsOf(own)[field.name])
      return lines.size === 0 ? field : { ...field, views: lines }
    })
    const name = listName(type)
    return [name, { type: name, arch: { ...arch, fields: withLines } }] as const
  })
  return { views: new Map(loaded), models }
}

/** A model may have a field called `fields`: it is described by a type, and a description of fields is not. */
function isDescription(value: unknown): boolean {
  const members = fieldsOf(value)
  return Object.keys(members).length > 0 && typeof members.type !== 'string'
}

function fieldFacts(described: unknown): ReadonlyMap<string, FieldFacts> {
  return new Map(
    Object.entries(fieldsOf(described)).map(([name, facts]) => {
      const { type, relation } = fieldsOf(facts)
      return [
        name,
        { type: String(type), relation: typeof relation === 'string' ? relation : undefined },
      ]
    }),
  )
}
