/** The table of a model that does not name another one. */
export function tableOf(model: string): string {
  return model.replaceAll('.', '_')
}
