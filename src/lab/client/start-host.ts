import { type ChildProcess, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LabFiles } from './lab-folder.ts'

/** A host that has just been started and ends when `child` loses its standard input. */
export interface StartedHost {
  readonly child: ChildProcess
}

/** No machine needs longer for an empty process. */
const START_MS = 20_000

/**
 * Starts the process that holds a lab, in user (unless root), mount and network namespaces of its
 * own. /run is covered there, so that named namespaces are nobody else's. Rejects with what the
 * machine said against it.
 */
export async function startHost(files: LabFiles): Promise<StartedHost> {
  const machine = statSync('/proc/self/ns/net', { bigint: true }).ino
  const program = [process.execPath, hostProgram(), files.socket, files.state, String(machine)]
  const child = spawn('unshare', [...unshareWords(), 'sh', '-ec', shell, 'lab', ...program], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  await ready(child)
  return { child }
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

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let errors = ''
    const give = (why: string): void => {
      clearTimeout(timer)
      reject(new Error(why))
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      give('the lab did not start within 20 s')
    }, START_MS)
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.once('error', (error) => give(error.message))
    child.once('exit', (code) =>
      give(errors.trim() || `the lab’s process ended with ${code ?? 'a signal'}`),
    )
    child.stdout?.once('data', () => {
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve()
    })
  })
}
