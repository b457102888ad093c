import type { ModelHandler } from './model-handler.js'

/** Countries: their code is in capitals (res_country.py). */
export const countryHandler: ModelHandler = {
  models: 'res.country',
  prepare({ values }) {
    const code = values.get('code')
    if (typeof code === 'string') values.set('code', code.toUpperCase())
  },
}
