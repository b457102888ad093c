import { describe, expect, test } from 'vitest'
import { readFault, statusFault } from './server-fault.js'

const debug = `Traceback (most recent call last):
  File "/odoo/http.py", line 1, in a
    b()
  File "/odoo/models.py", line 22, in c
    raise ValueError('x')
ValueError: x
`

describe('an error of the server', () => {
  test('is told by type, text, and where it was raised', () => {
    const data = { name: 'builtins.ValueError', message: 'x', debug, arguments: ['x'] }
    expect(readFault({ code: 200, message: 'Odoo Server Error', data })).toEqual({
      type: 'builtins.ValueError',
      text: 'x',
      lastLine: 'ValueError: x',
      raisedAt: 'File "/odoo/models.py", line 22, in c',
    })
  })

  test.each<[unknown, string, string]>([
    [
      { code: 100, message: 'Odoo Session Expired' },
      'odoo.http.SessionExpiredException',
      'Odoo Session Expired',
    ],
    [
      { data: { name: 'odoo.exceptions.UserError', message: '', arguments: ['why'] } },
      'odoo.exceptions.UserError',
      'why',
    ],
    [{}, 'error', 'The server gave no reason'],
    ['nonsense', 'error', 'The server gave no reason'],
  ])('%j', (error, type, text) => {
    expect(readFault(error)).toEqual({ type, text, lastLine: '' })
  })
})

test('of exceptions that caused each other, the place is that of the first', () => {
  const chained = `${debug}\nThe above exception was the direct cause of the following exception:\n
Traceback (most recent call last):\n  File "/odoo/http.py", line 301, in handle\n    raise\nValueError: y`
  expect(
    readFault({ data: { name: 'builtins.ValueError', message: 'y', debug: chained } }),
  ).toEqual({
    type: 'builtins.ValueError',
    text: 'y',
    lastLine: 'ValueError: y',
    raisedAt: 'File "/odoo/models.py", line 22, in c',
  })
})

test('what QWeb writes behind an exception is not taken for it', () => {
  const page =
    '<pre>ModuleNotFoundError: No module named x\n\nError while rendering\nNode: &lt;t/&gt;</pre>'
  expect(statusFault(500, page).lastLine).toBe('ModuleNotFoundError: No module named x')
})

test('an error page gives its title and the exception in it', () => {
  const page =
    '<title>500 Internal Server Error</title><pre>File &quot;/x.py&quot;, line 4\nKeyError: &#39;a&#39;</pre>'
  expect(statusFault(500, page)).toEqual({
    type: 'http',
    text: 'status 500, 500 Internal Server Error',
    lastLine: "KeyError: 'a'",
    raisedAt: 'File "/x.py", line 4',
  })
  expect(statusFault(404, '')).toEqual({ type: 'http', text: 'status 404', lastLine: '' })
})
