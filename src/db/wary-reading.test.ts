import { describe, expect, test } from 'vitest'
import { embeddedInMemory, managedEngines, useEngine } from '../../test/support/engines.js'
import { raw } from './sql.js'
import { withWaryReading } from './wary-reading.js'

const engines = [embeddedInMemory, ...(await managedEngines())]
const SETTINGS = `SELECT current_setting('search_path') || ' ' ||
  coalesce(current_setting('restrict_nonsystem_relation_kind', true), '') AS s`

describe.each(engines)('reading warily on $name', (engine) => {
  if (engine.unavailable !== undefined) return test.skip(engine.name)
  const cluster = useEngine(engine)

  test('runs no functions, operators or views of the database, and leaves the session as it was', () =>
    cluster().withSession(cluster().maintenanceDatabase, async (session) => {
      const read = async (text: string) => (await session.query(raw(text))).rows
      await session.execute(
        raw(`CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE sql AS $$SELECT 'hijacked'$$;
             CREATE TABLE public.t (a integer);
             INSERT INTO public.t VALUES (1);
             CREATE VIEW public.v AS SELECT 1 AS a`),
      )
      const before = await read(SETTINGS)
      const call = `SELECT quote_ident('x'::name) AS q`
      expect(await read(call)).toEqual([{ q: 'hijacked' }])
      await withWaryReading(session, async () => {
        expect(await read(call)).toEqual([{ q: 'x' }])
        expect(await read('SELECT a FROM public.t')).toEqual([{ a: 1 }])
        const kinds = await read(
          `SELECT current_setting('restrict_nonsystem_relation_kind', true) IS NOT NULL AS known`,
        )
        if (kinds[0]?.known === true) {
          await expect(read('SELECT a FROM public.v')).rejects.toMatchObject({ sqlState: '55000' })
        }
      })
      expect(await read(SETTINGS)).toEqual(before)
      const reason = new Error('reason')
      await expect(withWaryReading(session, () => Promise.reject(reason))).rejects.toBe(reason)
      expect(await read(SETTINGS)).toEqual(before)
    }))
})
