import type { Findings } from '../../../base/index.js'
import type { ClassValue } from '../folding/runtime-value.js'
import type { ClassBody, ModelClass, ModelKind } from '../model-class.js'
import { isTrue, isUnevaluated, itemsOf, type SourceValue } from '../source-value.js'

const FRAMEWORK: ReadonlyMap<string, ModelKind> = new Map([
  ['odoo.models.Model', 'model'],
  ['odoo.models.AbstractModel', 'abstract'],
  ['odoo.models.BaseModel', 'abstract'],
  ['odoo.models.TransientModel', 'transient'],
])
/** Before this release `_name` was looked up like any attribute of Python. */
const OWN_NAMES = 15

/** The model class that a class is; undefined when Odoo does not register it. */
export function modelOfClass(
  value: ClassValue,
  major: number,
  findings: Findings,
): ModelClass | undefined {
  const kind = kindOfClass(value)
  const { body } = value
  if (kind === undefined || body.attributes._register === false) return undefined
  const pythonBases = value.linear.flatMap((one) =>
    one.kind === 'class' && one !== value ? [one.body] : [],
  )
  const bodies = [body, ...pythonBases]
  const ownInherit = namesIn(body.attributes._inherit)
  const given = major < OWN_NAMES ? lookUp(bodies, '_name') : body.attributes._name
  const inherit = namesIn(lookUp(bodies, '_inherit'))
  if (inherit === undefined || ownInherit === undefined || isUnevaluated(given)) {
    reportUnread(body, findings)
    return undefined
  }
  const [single, ...others] = major < OWN_NAMES ? inherit : ownInherit
  const fallback = single !== undefined && others.length === 0 ? single : value.name
  const name = typeof given === 'string' && given !== '' ? given : fallback
  return { ...body, name, inherit, kind, creates: !inherit.includes(name), pythonBases }
}

/** Whether the class is a model of any kind; Python looks `_abstract` and `_transient` up. */
function kindOfClass(value: ClassValue): ModelKind | undefined {
  const framework = value.linear.flatMap((one) => {
    const kind = one.kind === 'external' ? FRAMEWORK.get(one.path) : undefined
    return kind === undefined ? [] : [kind]
  })
  const [first] = framework
  if (first === undefined) return undefined
  const bodies = value.linear.flatMap((one) => (one.kind === 'class' ? [one.body] : []))
  if (isTrue(lookUp(bodies, '_transient'))) return 'transient'
  if (isTrue(lookUp(bodies, '_abstract'))) return 'abstract'
  if (framework.includes('transient')) return 'transient'
  return framework.includes('model') ? 'model' : first
}

function lookUp(bodies: readonly ClassBody[], name: string): SourceValue | undefined {
  return bodies.find(({ attributes }) => attributes[name] !== undefined)?.attributes[name]
}

/** A name or a list of names; undefined when something else is in it. */
function namesIn(value: SourceValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null || value === false || value === '') return []
  if (typeof value === 'string') return [value]
  const items = itemsOf(value)
  return items?.every((item) => typeof item === 'string') === true ? items : undefined
}

function reportUnread(body: ClassBody, findings: Findings): void {
  findings.add({
    code: 'MODEL_NAME_UNREAD',
    severity: 'error',
    message: `Module ${body.module}: the model of class ${body.className} is not known: its _name or _inherit is worked out by a program`,
    place: body.place,
    hint: 'Write both as literals; the class is left out.',
    data: { module: body.module, class: body.className },
  })
}
