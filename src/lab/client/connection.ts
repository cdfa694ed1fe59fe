import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { parseAnswer, writeLine } from '../host/parse-request.ts'
import type { HostAnswers, HostRequest } from '../host/request.ts'
import { brandAnswer } from './brand-answer.ts'

/** A line to the process that holds a lab. */
export class Connection {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  #nr = 0

  constructor(socket: Socket) {
    this.#socket = socket
    createInterface({ input: socket }).on('line', (line) => this.#take(line))
    socket.on('close', () => this.#fail('the lab has ended'))
    socket.on('error', (error) => this.#fail(error.message))
  }

  /** Asks and waits. Rejects with the host's own reason, or because the lab is gone. */
  ask<R extends HostRequest>(request: R): Promise<HostAnswers[R['op']]> {
    const nr = this.#nr++
    return new Promise((resolve, reject) => {
      this.#waiting.set(nr, {
        resolve: (answer) => resolve(brandAnswer<R>(answer)),
        reject,
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

  #fail(why: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(why))
    this.#waiting.clear()
  }
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/** Opens the socket of a lab. Rejects if nobody answers there. */
export function openConnection(path: string): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(new Connection(socket)))
    socket.once('error', reject)
  })
}
