import { spawn } from 'node:child_process'
import { existsSync, readlinkSync } from 'node:fs'
import { constants } from 'node:os'

import { livingHost } from '#lab'

/** Somebody goes into a namespace of a lab. */
export interface Visit {
  readonly lab: string
  readonly space: string
  /** What the prompt calls the place. */
  readonly title: string
  /** Empty: a shell. */
  readonly command: readonly string[]
}

/**
 * Runs a program in a namespace of a lab, on the terminal of this process, in the folder it was
 * called from. Returns its exit code, as a shell would: 128 and the number of a signal that ended it.
 */
export function runInside(visit: Visit): Promise<number> {
  const host = livingHost(visit.lab)
  if (!host) throw new Error(`no lab named ${visit.lab} is up`)
  const [program = '', ...words] = [...enter(host.pid), visit.space, ...wordsFor(visit)]
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: 'inherit', env: environmentFor(visit) })
    const forget = leaveSignalsTo(child)
    child.once('error', (error) => {
      forget()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      forget()
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/** The host's namespaces; into a user namespace of one's own one is let in as its root. */
function enter(pid: number): readonly string[] {
  const same = readlinkSync('/proc/self/ns/user') === readlinkSync(`/proc/${pid}/ns/user`)
  const user = same ? [] : ['--user', '--preserve-credentials']
  return ['nsenter', '--target', String(pid), ...user, '--mount', '--net', 'ip', 'netns', 'exec']
}

/** Entering a mount namespace leads to its root folder: the first word leads back. */
function wordsFor({ command, title }: Visit): readonly string[] {
  const inFolder = ['sh', '-c', 'cd "$1" 2>/dev/null; shift; exec "$@"', 'sh', process.cwd()]
  return [...inFolder, ...(command.length > 0 ? command : shellFor(title))]
}

function shellFor(title: string): readonly string[] {
  const bash = ['/bin/bash', '/usr/bin/bash'].find((path) => existsSync(path))
  // Commands that come through a pipe need neither a prompt nor job control.
  if (!process.stdin.isTTY) return [bash ?? 'sh']
  if (bash === undefined) return ['sh', '-i']
  // The prompt comes after the person's own settings, which would have set another.
  const start = `[ -r ~/.bashrc ] && . ~/.bashrc; PS1='${promptFor(title)}'; unset PROMPT_COMMAND`
  return [bash, '-c', `exec ${bash} --rcfile <(printf '%s\\n' "$1") -i`, 'bash', start]
}

/** An id is the input's text and goes into a prompt, where some characters act. */
function promptFor(title: string): string {
  return `[${title.replaceAll(/[^\w.:@-]/g, '_')}] \\w \\$ `
}

function environmentFor({ command, title }: Visit): NodeJS.ProcessEnv {
  return command.length > 0 ? process.env : { ...process.env, PS1: `[${title}] $ ` }
}

/** Ctrl-C on the terminal reaches both: it is for the program inside to decide. */
function leaveSignalsTo(child: { kill: (signal: NodeJS.Signals) => boolean }): () => void {
  const ignore = () => {}
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
  }
  const ignored = ['SIGINT', 'SIGQUIT'] as const
  const handedOn = ['SIGTERM', 'SIGHUP'] as const
  for (const signal of ignored) process.on(signal, ignore)
  for (const signal of handedOn) process.on(signal, end)
  return () => {
    for (const signal of ignored) process.off(signal, ignore)
    for (const signal of handedOn) process.off(signal, end)
  }
}
