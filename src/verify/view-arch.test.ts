import { expect, test } from 'vitest'
import { openArchReader } from './view-arch.js'

const names = async (arch: string) => (await openArchReader())(arch).fields.map(({ name }) => name)

test('fields of a view, each once, without those of other models', async () => {
  const form = `<form><header><field name="state"/></header><t t-if="1"><field name="a"/></t>
    <field name="lines"><tree><control><field name="none"/></control><field name="b"/></tree><form><field name="c"/></form></field>
    <field name="a"/></form>`
  expect(await names(form)).toEqual(['state', 'a', 'lines'])
  expect(
    await names('<tree><groupby name="x"><field name="y"/></groupby><field name="z"/></tree>'),
  ).toEqual(['z'])
})

test('views of lines are found by their type', async () => {
  const read = await openArchReader()
  const [field] = read(
    '<form><field name="l"><tree><field name="b"/></tree><kanban><field name="d"/></kanban></field></form>',
  ).fields
  expect(
    [...(field?.views ?? [])].map(([type, fields]) => [type, fields.map(({ name }) => name)]),
  ).toEqual([
    ['list', ['b']],
    ['kanban', ['d']],
  ])
})

test('what groups, what measures, and whether records can be made', async () => {
  const read = await openArchReader()
  expect(read('<kanban default_group_by="stage_id" create="0"/>')).toMatchObject({
    groupedBy: 'stage_id',
    creates: false,
  })
  expect(read('<form create="true"/>').creates).toBe(true)
  expect(read('<pivot><field name="a" type="measure"/></pivot>').fields[0]?.role).toBe('measure')
})
