import { cpus, totalmem } from 'node:os'

/** What the figures depend on; nothing that tells one machine of a kind from another. */
export function describeMachine() {
  const cores = cpus()
  const model = cores[0]?.model.trim() ?? 'unknown processor'
  const memory = (totalmem() / 1_073_741_824).toFixed(0)
  const day = new Date().toISOString().slice(0, 10)
  return `Machine: ${model}, ${cores.length} cores, ${memory} GB of memory, ${process.platform}/${process.arch}, Node ${process.versions.node}, ${day}`
}
