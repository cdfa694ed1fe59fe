import { closeSync, constants, openSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { basename, dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { parseAnswer, writeLine } from '../host/parse-request.ts'
import type { HostAnswers, HostRequest } from '../host/request.ts'
import { brandAnswer } from './brand-answer.ts'
import { LabEnded } from './lab-ended.ts'
import type { LabFiles } from './lab-folder.ts'

/** A line to the process that holds a lab. */
export class Connection {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  #nr = 0
  #ended: Error | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    const lines = createInterface({ input: socket })
    lines.on('line', (line) => this.#take(line))
    // It repeats the errors of its input, which are heard below.
    lines.on('error', () => undefined)
    socket.on('close', () => this.#fail(new LabEnded('the lab has ended')))
    socket.on('error', (error) => this.#fail(error))
  }

  /** Asks and waits. Rejects with the host's own reason, or because the lab is gone. */
  ask<R extends HostRequest>(request: R): Promise<HostAnswers[R['op']]> {
    const nr = this.#nr++
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    return new Promise((resolve, reject) => {
      const overdue = setTimeout(() => {
        this.#waiting.delete(nr)
        reject(new Error(`the lab did not answer within ${limitOf(request) / 1000} s`))
      }, limitOf(request))
      const settle = (act: () => void): void => {
        clearTimeout(overdue)
        act()
      }
      this.#waiting.set(nr, {
        resolve: (answer) => settle(() => resolve(brandAnswer<R>(answer))),
        reject: (error) => settle(() => reject(error)),
      })
      this.#socket.write(writeLine({ nr, request }))
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(text: string): void {
    const line = parseAnswer(text)
    const waiting = this.#waiting.get(line.nr)
    this.#waiting.delete(line.nr)
    if ('error' in line) waiting?.reject(new Error(line.error))
    else waiting?.resolve(line.answer)
  }

  #fail(why: Error): void {
    this.#ended ??= why
    for (const { reject } of this.#waiting.values()) reject(why)
    this.#waiting.clear()
  }
}

/** Milliseconds within which a request is answered on any machine; nothing waits for ever. */
function limitOf(request: HostRequest): number {
  const probes = 'asks' in request ? request.asks.length : 0
  const each = 'timeoutMs' in request ? request.timeoutMs : 50
  return 180_000 + probes * each
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Opens the socket of a lab. Rejects if nobody answers there. A socket's path has 108 bytes at most
 * (unix(7)); by way of a descriptor its folder may have any.
 */
export async function openConnection({ socket: path }: LabFiles): Promise<Connection> {
  const handle = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY)
  return new Promise((resolve, reject) => {
    const socket = connect(`/proc/self/fd/${handle}/${basename(path)}`)
    const refuse = (error: Error): void => {
      closeSync(handle)
      reject(error)
    }
    socket.once('error', refuse)
    socket.once('connect', () => {
      socket.off('error', refuse)
      closeSync(handle)
      resolve(new Connection(socket))
    })
  })
}
