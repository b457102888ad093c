/** A distribution's name as indexes compare it: `Python_Dateutil` is `python-dateutil` (PEP 503). */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}
