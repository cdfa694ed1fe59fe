import { openFallbackProber } from './fallback-prober.ts'
import { loadLibc } from './load-libc.ts'
import type { OpenedProber, ProberOptions } from './prober.ts'
import { openResidentProber } from './resident-prober.ts'

/** The resident prober, or the one of processes where the system calls cannot be made. */
export async function openProber(options: ProberOptions): Promise<OpenedProber> {
  const { kind } = await loadLibc()
  return kind === 'loaded' ? openResidentProber(options) : openFallbackProber(options)
}
