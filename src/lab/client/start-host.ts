import { type ChildProcess, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Greeting, parseGreeting } from './parse-state.ts'

/** A host that has just been started and ends when `child` loses its standard input. */
export interface StartedHost {
  readonly child: ChildProcess
  readonly greeting: Greeting
}

/**
 * The kernel takes some 20 ms for each bridge of a lab that has ended, and nobody gets a network
 * namespace meanwhile (linux br_multicast_dev_del: rcu_barrier): 2,000 interfaces are 40 seconds.
 */
const START_MS = 60_000

/** What a host is started for: to hold a lab in its folder, or only to say whether it could. */
export type HostTask =
  | { readonly kind: 'hold'; readonly folder: string }
  | { readonly kind: 'probe' }

/**
 * Starts the process that holds a lab, in user (unless root), mount and network namespaces of its
 * own. /run is covered there, so that named namespaces are nobody else's. It stands in the folder
 * of its lab: where that is cleared away, nothing of a late host can land in a successor's. Rejects
 * with what the machine said against it.
 */
export async function startHost(task: HostTask): Promise<StartedHost> {
  const machine = statSync('/proc/self/ns/net', { bigint: true }).ino
  const program = [process.execPath, hostProgram(), task.kind, String(machine)]
  const child = spawn('unshare', [...unshareWords(), 'sh', '-ec', shell, 'lab', ...program], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    cwd: task.kind === 'hold' ? task.folder : tmpdir(),
    env: { ...process.env, PATH: searchPath() },
  })
  // A host that ends while it is written to says why on its own.
  child.stdin.on('error', () => undefined)
  return { child, greeting: await greetingOf(child) }
}

/** Distributions put what only root needs where an ordinary user does not look. */
export function searchPath(): string {
  return [process.env['PATH'] ?? '/usr/bin:/bin', '/usr/sbin', '/sbin'].join(delimiter)
}

function unshareWords(): string[] {
  const rootless = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
  return [...rootless, '--net', '--mount', '--propagation', 'private']
}

const shell = 'mount -t tmpfs none /run; mkdir /run/netns; ip link set lo up; exec "$@"'

/** The built program: it is started by Node, which reads no TypeScript everywhere. */
function hostProgram(): string {
  return fileURLToPath(new URL('../../../dist/lab/host/host-main.js', import.meta.url))
}

function greetingOf(child: ChildProcess): Promise<Greeting> {
  return new Promise((resolve, reject) => {
    let [errors, said] = ['', '']
    const give = (why: string): void => {
      clearTimeout(timer)
      reject(new Error(why))
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      give(`the lab did not start within ${START_MS / 1000} s`)
    }, START_MS)
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.once('error', (error) => give(error.message))
    child.once('close', (code, signal) =>
      give(errors.trim() || `the lab’s process ended with ${code ?? signal ?? 'nothing'}`),
    )
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const end = said.indexOf('\n')
      if (end < 0) return
      clearTimeout(timer)
      child.removeAllListeners('close')
      const greeting = parseGreeting(said.slice(0, end))
      if (greeting) resolve(greeting)
      else reject(new Error(`the lab’s process said ${JSON.stringify(said)}`))
    })
  })
}
