import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Order, Reply } from './order.ts'
import { parseReply } from './parse-order.ts'

/** A process in one namespace that carries out orders. */
export class NamespaceProcess {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (reply: Reply | string) => void>()
  #ended: string | null = null
  #orders = 0

  /** @param file the namespace's name as a file */
  constructor(file: string) {
    this.#child = spawn('nsenter', [`--net=${file}`, process.execPath, program], {
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#child.once('error', (error) => this.#end(`nsenter: ${error.message}`))
    let said = ''
    this.#child.stderr?.on('data', (part: Buffer) => {
      said = `${said}${part.toString()}`.slice(-MOST_SAID)
    })
    this.#child.once('close', () => this.#end(`the process of the namespace has ended: ${said}`))
    // A line written to a process that is gone is answered by the exit above.
    this.#child.stdin?.on('error', () => undefined)
    // `stdio` above makes it a pipe.
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      const reply = parseReply(line)
      if (reply !== undefined) this.#settle(reply.order, reply)
    })
  }

  /** Whether it has orders to carry out. */
  get isBusy(): boolean {
    return this.#waiting.size > 0
  }

  get hasEnded(): boolean {
    return this.#ended !== null
  }

  /** The reply, or why there will be none. */
  async ask(make: (order: number) => Order, timeoutMs: number): Promise<Reply | string> {
    if (this.#ended !== null) return this.#ended
    const order = ++this.#orders
    return new Promise((resolve) => {
      const overdue = setTimeout(() => {
        this.#settle(order, 'the process of the namespace did not answer in time')
        this.stop()
      }, timeoutMs)
      this.#waiting.set(order, (reply) => {
        clearTimeout(overdue)
        resolve(reply)
      })
      this.#child.stdin?.write(`${JSON.stringify(make(order))}\n`)
    })
  }

  /** Ends the process, and with it its listeners. */
  stop(): void {
    this.#end('the process of the namespace was ended')
    this.#child.kill('SIGKILL')
  }

  #settle(order: number, reply: Reply | string): void {
    this.#waiting.get(order)?.(reply)
    this.#waiting.delete(order)
  }

  #end(why: string): void {
    this.#ended ??= why
    for (const order of this.#waiting.keys()) this.#settle(order, why)
  }
}

/** Characters of its last words. */
const MOST_SAID = 400

/** Compiled beside this file. */
const program = fileURLToPath(new URL('./answer-orders.js', import.meta.url))
