import { spawn } from 'node:child_process'
import { readPing } from './read-ping.ts'
import type { ProbeOutcome } from './probe.ts'

/** One echo request by the ping of iputils, from a local address. */
export async function pingOnce(
  local: string,
  destination: string,
  timeoutMs: number,
): Promise<ProbeOutcome> {
  const seconds = String(Math.max(1, Math.ceil(timeoutMs / 1000)))
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const ping = spawn('ping', ['-n', '-c', '1', '-W', seconds, '-I', local, destination], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    })
    let text = ''
    ping.stdout.on('data', (part: Buffer) => (text += part.toString()))
    ping.stderr.on('data', (part: Buffer) => (text += part.toString()))
    const overdue = setTimeout(() => ping.kill('SIGKILL'), timeoutMs + GRACE_MS)
    ping.once('error', (error) => {
      clearTimeout(overdue)
      resolve({ kind: 'not_measured', why: `no ping: ${error.message}` })
    })
    ping.once('close', () => {
      clearTimeout(overdue)
      resolve(readPing(text, destination, { local, startedAt }))
    })
  })
}

/** More than ping's own rounding of its timeout to whole seconds. */
const GRACE_MS = 3000
