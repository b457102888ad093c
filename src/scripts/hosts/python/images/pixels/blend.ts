/** `a * b / 255`, rounded as Pillow rounds. */
export function multiply255(a: number, b: number): number {
  const product = a * b + 128
  return ((product >> 8) + product) >> 8
}

/** `over` where the mask is 255, `under` where it is 0. */
export function blend(mask: number, under: number, over: number): number {
  const sum = under * (255 - mask) + over * mask + 128
  return ((sum >> 8) + sum) >> 8
}
