import { readFileSync } from 'node:fs'

const kibi = 1_024

/**
 * The most physical memory this process has held, in bytes. Linux counts it per program; the
 * portable figure may begin with what the parent held when it forked.
 */
export function peakMemory() {
  const ownPeak = process.platform === 'linux' ? /^VmHWM:\s+(\d+) kB$/m.exec(readStatus()) : null
  return (ownPeak ? Number(ownPeak[1]) : process.resourceUsage().maxRSS) * kibi
}

function readStatus() {
  return readFileSync('/proc/self/status', 'utf8')
}

/** Bytes that live objects take, buffers outside the heap included; needs `--expose-gc`. */
export function liveBytes() {
  if (!globalThis.gc) throw new Error('run with --expose-gc')
  // Twice: the first round frees what held the second's garbage.
  globalThis.gc()
  globalThis.gc()
  // `external` holds `arrayBuffers` already.
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
