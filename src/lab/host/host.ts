import type { LabPlan } from '../plan.ts'
import type { Prober, ProbeOptions, TraceReader } from '../wire/index.ts'
import { buildPlan, type BuiltLab } from './build-plan.ts'
import type { Entrance } from './enter-namespace.ts'
import { lookUpRoutes } from './look-up-routes.ts'
import type { Ask, HostAnswers, HostRequest, Told } from './request.ts'
import { run } from './run-tool.ts'
import { sortSteps } from './sort-steps.ts'

/** What a host works with. Without a reader there is no evidence. */
export interface HostTools {
  readonly entrance: Entrance
  readonly prober: Prober
  readonly reader?: TraceReader
}

/** Probes under way at once; their packets must not overrun the buffers of the traces. */
const IN_FLIGHT = 128

/** The process that holds a lab: it builds it, sends its packets, and reads what they met. */
export class Host {
  readonly #tools: HostTools
  readonly #since = Date.now()
  #built: BuiltLab | undefined
  #plan: LabPlan | undefined
  #stays = false

  constructor(tools: HostTools) {
    this.#tools = tools
  }

  /** Answers one request. Rejects with a reason for people. */
  async answer(request: HostRequest): Promise<HostAnswers[keyof HostAnswers]> {
    switch (request.op) {
      case 'build':
        return this.#build(request)
      case 'listen':
        return this.#tools.prober.listen(
          request.offers.map(({ space, ...offer }) => ({ ...offer, ...this.#site(space) })),
        )
      case 'ask':
        return this.#ask(request)
      case 'hops':
        return this.#tools.prober.trace(
          request.asks.map((ask) => this.#probe(ask)),
          {
            timeoutMs: request.timeoutMs,
            inFlight: IN_FLIGHT,
            maxHops: 16,
          },
        )
      case 'routes':
        return lookUpRoutes(this.#tools.entrance, request.asks)
      case 'clear':
        await this.#clear()
        return null
      case 'status':
        return this.#status()
      case 'stay':
        this.#stays = true
        return null
      case 'quit':
        return null
    }
  }

  async #build({ plan }: Extract<HostRequest, { op: 'build' }>): Promise<HostAnswers['build']> {
    if (this.#built) throw new Error('this host holds a lab already')
    this.#plan = plan
    this.#built = {
      inodes: new Map(plan.spaces.map(({ name }) => [name, 0n])),
      handles: [],
      guestRules: [],
      took: {},
    }
    this.#built = await buildPlan(plan, this.#tools.entrance)
    const { took, handles, guestRules } = this.#built
    return { took, handles, guestRules }
  }

  #status(): HostAnswers['status'] {
    const { prober, reader } = this.#tools
    const { spaces = [], cables = [] } = this.#plan ?? {}
    return {
      since: this.#since,
      stays: this.#stays,
      spaces: spaces.length,
      guests: spaces.filter(({ role }) => role === 'guest').length,
      cables: cables.length,
      prober: prober.kind,
      evidence: reader !== undefined,
      took: this.#built?.took ?? {},
    }
  }

  async #ask({ asks, timeoutMs, evidence }: Extract<HostRequest, { op: 'ask' }>): Promise<Told[]> {
    const { prober, reader } = this.#tools
    const options: ProbeOptions = { timeoutMs, inFlight: IN_FLIGHT }
    const probes = asks.map((ask) => this.#probe(ask))
    if (!evidence || !reader) {
      const results = await prober.probe(probes, options)
      return results.map((result) => ({ ...result, steps: [], incomplete: true }))
    }
    const sites = [...this.#inodes()].map(([namespace, inode]) => ({ namespace, inode }))
    const isDeaf = reader.open(sites).some(({ kind }) => kind !== 'open')
    reader.drain()
    const results = await prober.probe(probes, { ...options, evidence: reader })
    return sortSteps(results, reader.drain(), isDeaf)
  }

  #probe({ space, ...ask }: Ask) {
    return { ...ask, ...this.#site(space) }
  }

  #site(space: string): { namespace: string; inode: bigint } {
    const inode = this.#inodes().get(space)
    if (inode === undefined) throw new Error(`this lab has no namespace ${space}`)
    return { namespace: space, inode }
  }

  #inodes(): ReadonlyMap<string, bigint> {
    return this.#built?.inodes ?? new Map()
  }

  async #clear(): Promise<void> {
    const spaces = [...this.#inodes().keys()]
    this.#built = undefined
    this.#plan = undefined
    await this.#tools.prober.release(spaces)
    this.#tools.reader?.release(spaces)
    const input = spaces.map((name) => `netns del ${name}\n`).join('')
    await run({ command: 'ip', args: ['-force', '-batch', '-'], input })
  }
}
