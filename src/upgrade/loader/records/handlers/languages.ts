import type { ModelHandler } from './model-handler.js'

/** Languages: the code in addresses is the ISO code unless it is given (res_lang.py). */
export const languageHandler: ModelHandler = {
  models: 'res.lang',
  defaults: ['date_format', 'time_format'],
  prepare({ values, isNew }) {
    if (!isNew || values.get('url_code')) return
    values.set('url_code', values.get('iso_code') || values.get('code') || '')
    if (!values.has('date_format')) values.set('date_format', '%m/%d/%Y')
    if (!values.has('time_format')) values.set('time_format', '%H:%M:%S')
  },
}
