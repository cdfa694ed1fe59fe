import { NamespaceProcess } from './namespace-process.ts'

/** The processes of namespaces, at most so many at a time. */
export class ProcessPool {
  readonly #folder: string
  readonly #most: number
  /** In the order of their last use. */
  readonly #processes = new Map<string, NamespaceProcess>()
  readonly #kept = new Set<string>()

  constructor(folder: string, most: number) {
    this.#folder = folder
    this.#most = most
  }

  /** The process of a namespace, started if need be; undefined when there is room for no more. */
  of(namespace: string): NamespaceProcess | undefined {
    const known = this.#processes.get(namespace)
    if (known !== undefined) this.#processes.delete(namespace)
    const process = known === undefined || known.hasEnded ? this.#start(namespace) : known
    if (process !== undefined) this.#processes.set(namespace, process)
    return process
  }

  /** Keeps a namespace's process until it is released: its listeners live in it. */
  keep(namespace: string): void {
    this.#kept.add(namespace)
  }

  release(namespace: string): void {
    this.#kept.delete(namespace)
    this.#processes.get(namespace)?.stop()
    this.#processes.delete(namespace)
  }

  close(): void {
    for (const namespace of this.#processes.keys()) this.release(namespace)
  }

  #start(namespace: string): NamespaceProcess | undefined {
    if (this.#processes.size >= this.#most) this.#evict()
    if (this.#processes.size >= this.#most) return undefined
    return new NamespaceProcess(`${this.#folder}/${namespace}`)
  }

  #evict(): void {
    for (const [namespace, process] of this.#processes) {
      if (process.isBusy || this.#kept.has(namespace)) continue
      this.release(namespace)
      return
    }
  }
}
