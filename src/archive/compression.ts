import { deflateRawSync } from 'node:zlib'
import { alreadyCompressed } from './already-compressed.js'

/** From 1, fast, to 9, small. */
export type CompressionLevel = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** `auto` stores what is compressed already and deflates the rest at level 1. */
export type Compression = 'auto' | 'store' | CompressionLevel

/** Level 1 writes a dump three times as fast as level 6, and a seventh larger. */
export const DEFAULT_LEVEL: CompressionLevel = 1

/** The level for a content that starts with `head`; 0 means stored as it is. */
export function levelFor(compression: Compression, head: Uint8Array): number {
  if (compression === 'store') return 0
  if (compression !== 'auto') return compression
  return alreadyCompressed(head) || !shrinks(head) ? 0 : DEFAULT_LEVEL
}

const SAMPLE_BYTES = 4096
const WORTH_IT = 0.97

/** Whether a sample from the beginning gets smaller; encrypted and random contents do not. */
function shrinks(head: Uint8Array): boolean {
  if (head.length < SAMPLE_BYTES) return true
  const sample = head.subarray(0, SAMPLE_BYTES)
  return deflateRawSync(sample, { level: DEFAULT_LEVEL }).length < SAMPLE_BYTES * WORTH_IT
}
