import { describe, expect, test } from 'vitest'
import { changesBetween } from './changes-between.js'
import type { TablePicture } from './database-picture.js'

const table = (name: string, more: Partial<TablePicture> = {}): TablePicture => ({
  name,
  columns: { 1: 'id integer' },
  inserted: 0,
  updated: 0,
  deleted: 0,
  ...more,
})
const nothing = { inserted: 0, updated: 0, deleted: 0 }
const noColumns = { newColumns: [], droppedColumns: [], changedColumns: [] }

describe('what changed between two pictures', () => {
  test('a table that nothing happened to is left out', () => {
    expect(changesBetween({ 1: table('a') }, { 1: table('a') })).toEqual([])
  })

  test('rows are counted from the first picture on', () => {
    const before = { 1: table('a', { inserted: 5, updated: 2 }) }
    const after = { 1: table('a', { inserted: 8, updated: 2, deleted: 1 }) }
    expect(changesBetween(before, after)).toEqual([
      { table: 'a', fate: 'kept', inserted: 3, updated: 0, deleted: 1, ...noColumns },
    ])
  })

  test('a server that crashed has begun to count again', () => {
    const [change] = changesBetween(
      { 1: table('a', { inserted: 50 }) },
      { 1: table('a', { inserted: 4 }) },
    )
    expect(change?.inserted).toBe(4)
  })

  test('a renamed table is the same table', () => {
    expect(changesBetween({ 1: table('a') }, { 1: table('b') })).toEqual([
      { table: 'b', fate: 'kept', formerly: 'a', ...nothing, ...noColumns },
    ])
  })

  test('new and dropped tables come without their columns', () => {
    expect(changesBetween({ 1: table('a') }, { 2: table('b') })).toEqual([
      { table: 'a', fate: 'dropped', ...nothing, ...noColumns },
      { table: 'b', fate: 'new', ...nothing, ...noColumns },
    ])
  })

  test('columns are new, dropped, renamed or of another type', () => {
    const before = { 1: table('a', { columns: { 1: 'id integer', 2: 'x text', 3: 'y text' } }) }
    const after = { 1: table('a', { columns: { 1: 'id integer', 3: 'z jsonb', 4: 'w date' } }) }
    expect(changesBetween(before, after)).toMatchObject([
      { newColumns: ['w date'], droppedColumns: ['x text'], changedColumns: ['y text → z jsonb'] },
    ])
  })
})
