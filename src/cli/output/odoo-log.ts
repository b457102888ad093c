/** One line as Odoo logs it, because people and their tools look for such lines. */
export interface OdooLogLine {
  readonly level: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL'
  readonly logger: string
  readonly text: string
}

/** `2026-11-20 13:00:00,123 4711 INFO acme odoo.modules.loading: Loading module sale (64/71)` */
export function renderOdooLog(
  { level, logger, text }: OdooLogLine,
  at: { readonly time: Date; readonly pid: number; readonly database: string },
): string {
  const time = at.time.toISOString().replace('T', ' ').replace('.', ',').replace('Z', '')
  return `${time} ${at.pid} ${level} ${at.database} ${logger}: ${text} `
}
