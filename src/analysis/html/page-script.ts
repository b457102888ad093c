/** The page's program: it filters, groups and shows the lines. Without it the page says what it needs. */
export const PAGE_SCRIPT = `
'use strict'
const data = JSON.parse(document.getElementById('data').textContent)
const SECTIONS = ['Models', 'Fields', 'XML records']
const state = { by: 'module', text: '', section: -1, kind: '', work: false, open: '' }
const LIMIT = 400
const $ = (id) => document.getElementById(id)
const lines = []
for (const module of data.modules) {
  for (const line of module.l) {
    const [section, attention, kind, model, name, text, why, before, after] = line
    const all = (module.n + ' ' + model + ' ' + name + ' ' + text).toLowerCase()
    lines.push({ module: module.n, section, attention, kind, model, name, text, why, before, after, all })
  }
}
function make(tag, className, text) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}
function matches(line) {
  if (state.section >= 0 && line.section !== state.section) return false
  if (state.work && line.attention !== 2) return false
  if (state.kind === 'changed' && (line.kind === 'new' || line.kind === 'deleted')) return false
  if (state.kind && state.kind !== 'changed' && line.kind !== state.kind) return false
  return state.text.split(' ').every((word) => line.all.includes(word))
}
function groups() {
  const found = new Map()
  for (const line of lines) {
    if (!matches(line)) continue
    const key = state.by === 'module' ? line.module : line.model
    if (!found.has(key)) found.set(key, [])
    found.get(key).push(line)
  }
  if (state.by === 'module' && !state.text && state.section < 0 && !state.kind && !state.work) {
    for (const module of data.modules) {
      if (!found.has(module.n) && (module.u.length || module.s.length)) found.set(module.n, [])
    }
  }
  return new Map([...found].sort((a, b) => (a[0] < b[0] ? -1 : 1)))
}
function row(line) {
  const element = make('div', 'row ' + line.kind)
  const what = make('div', 'what')
  what.append(make('b', '', line.section === 0 ? line.model : line.name))
  const second = state.by === 'module' ? (line.section === 0 ? '' : line.model) : line.module
  if (second) what.append(make('span', '', second))
  const text = make('div', 'text')
  text.append(make('span', 'tag', line.kind), line.text)
  element.append(what, text)
  if (line.why) element.append(make('div', 'why' + (line.attention === 2 ? ' work' : ''), line.why))
  const places = [line.before && 'was ' + line.before, line.after && 'is ' + line.after].filter(Boolean)
  if (places.length) element.append(make('div', 'place', places.join('   ')))
  return element
}
function guessRow(guess) {
  const [model, before, after, percent, why] = guess
  const element = make('div', 'guess')
  element.append(make('em', '', 'Perhaps renamed: '), model + ': ' + before + ' → ' + after + ' (' + percent + ' %, ' + why + ')')
  return element
}
function sectionOf(name, found) {
  const element = make('section')
  const module = state.by === 'module' ? data.modules.find((candidate) => candidate.n === name) : undefined
  const title = make('h2', '', name)
  const work = found.filter((line) => line.attention === 2).length
  const facts = [module && module.v, found.length + ' lines', work ? work + ' ask for work' : ''].filter(Boolean)
  title.append(make('small', '', facts.join(' · ')))
  element.append(title)
  if (module) for (const guess of module.s) element.append(guessRow(guess))
  let left = state.open === name ? Infinity : LIMIT
  for (let index = 0; index < 3; index += 1) {
    const part = found.filter((line) => line.section === index)
    if (!part.length || left <= 0) continue
    element.append(make('h3', '', SECTIONS[index]))
    for (const line of part.slice(0, left)) element.append(row(line))
    left -= part.length
  }
  if (left < 0) {
    const more = make('button', 'more', 'Show ' + -left + ' more')
    more.onclick = () => { state.open = name; show() }
    element.append(more)
  }
  if (module && module.u.length) {
    element.append(make('h3', '', 'Changes of records that the update leaves alone'))
    for (const [id, model, fields] of module.u) {
      const entry = make('div', 'row changed')
      const what = make('div', 'what')
      what.append(make('b', '', id), make('span', '', model))
      entry.append(what, make('div', 'text', fields.join(', ') || 'the whole template'))
      element.append(entry)
    }
  }
  return element
}
let chosen = ''
function show() {
  const found = groups()
  if (!found.has(chosen)) chosen = ''
  const menu = $('menu')
  menu.replaceChildren()
  const all = make('a', chosen ? '' : 'on', state.by === 'module' ? 'All modules' : 'All models')
  all.href = '#'
  const total = [...found.values()].reduce((sum, part) => sum + part.length, 0)
  all.append(make('i', '', total.toLocaleString('en')))
  menu.append(all)
  for (const [name, part] of found) {
    const link = make('a', name === chosen ? 'on' : '', name)
    link.href = '#' + encodeURIComponent(name)
    const work = part.some((line) => line.attention === 2)
    link.append(make('i', work ? 'work' : '', String(part.length)))
    menu.append(link)
  }
  const view = $('view')
  view.replaceChildren()
  let room = 1500
  for (const [name, part] of found) {
    if (chosen && name !== chosen) continue
    if (room <= 0) {
      view.append(make('p', 'empty', 'More follows: choose one on the left, or search.'))
      break
    }
    view.append(sectionOf(name, part))
    room -= Math.min(part.length, LIMIT) + 5
  }
  if (!found.size) view.append(make('p', 'empty', 'Nothing matches.'))
  $('count').textContent = total.toLocaleString('en') + ' lines in ' + found.size + (state.by === 'module' ? ' modules' : ' models')
  for (const button of document.querySelectorAll('[data-set]')) {
    const [name, value] = button.dataset.set.split('=')
    button.setAttribute('aria-pressed', String(String(state[name]) === value))
  }
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-set]')
  if (!button) return
  const [name, value] = button.dataset.set.split('=')
  if (name === 'section') state.section = Number(value)
  else if (name === 'work') state.work = !state.work
  else if (name === 'kind') state.kind = state.kind === value ? '' : value
  else state[name] = value
  if (name === 'by') { chosen = ''; history.replaceState(null, '', '#') }
  show()
})
let timer
$('search').addEventListener('input', (event) => {
  clearTimeout(timer)
  timer = setTimeout(() => { state.text = event.target.value.trim().toLowerCase(); show() }, 120)
})
$('theme').addEventListener('click', () => {
  const root = document.documentElement
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
})
addEventListener('hashchange', () => { chosen = decodeURIComponent(location.hash.slice(1)); show(); scrollTo(0, 0) })
chosen = decodeURIComponent(location.hash.slice(1))
show()
`
