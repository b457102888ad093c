import { GuestError } from '../../values/index.js'
import { type HelperCall, helper } from '../calling/helper-function.js'
import type { LoadMode } from '../data/load-data.js'

const MODES: readonly LoadMode[] = ['init', 'update', 'demo', 'init_no_create']
const PARAMETERS =
  '(env_or_cr, module_name, filename, idref=None, mode="init", xml_transformation_filename=None)'

const LOAD: HelperCall = async (context, given) => {
  const mode = MODES.find((known) => known === given.text('mode'))
  if (mode === undefined) throw new GuestError('value', `load_data: mode '${given.text('mode')}'`)
  const module = given.text('module_name')
  const file = given.text('filename')
  const transformation = given.optionalText('xml_transformation_filename')
  context.log('info', `${module}: loading ${file}`)
  await context.loadData.load(
    { module, file, mode, ...(transformation !== undefined && { transformation }) },
    context,
  )
}

/** Data files. */
export const LOAD_FUNCTIONS = [
  helper(`load_data${PARAMETERS}`, LOAD),
  helper(`load_xml${PARAMETERS}`, LOAD),
]
