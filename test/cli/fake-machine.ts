import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import type { Ask, Lab, LabPlan, ProbeOutcome } from '#lab'
import { parseNetwork } from '#model'

import type { KeptLab } from '../../src/cli/lab/kept-lab.ts'
import type { LabMachine } from '../../src/cli/lab/lab-machine.ts'
import type { Visit } from '../../src/cli/lab/run-inside.ts'
import { brandFakeAnswer } from './brand-fake-answer.ts'
import type { FakeHost } from './brand-fake-answer.ts'

/** What becomes of a packet on a wire that is made up. */
export type FakeWire = (ask: Ask, plan: LabPlan) => ProbeOutcome

/** A machine on which labs are only noted down. */
export interface FakeMachine extends LabMachine {
  readonly labs: Map<string, KeptLab | undefined>
  readonly visits: Visit[]
  /** What was done, in order: `start lab`, `build lab`, `end lab` … */
  readonly deeds: string[]
}

/** How it differs from one that does everything. */
export interface FakeFaults {
  readonly wire?: FakeWire
  /** What it says against every lab. */
  readonly against?: string | Error
  /** What a killed run has left. */
  readonly leftovers?: readonly string[]
}

export const silent: ProbeOutcome = { kind: 'silent', local: '', microseconds: 1 }
export const answered: ProbeOutcome = { kind: 'answered', local: '', microseconds: 1 }

export function fakeMachine({
  wire = () => silent,
  against,
  leftovers = [],
}: FakeFaults = {}): FakeMachine {
  const labs = new Map<string, KeptLab | undefined>()
  const visits: Visit[] = []
  const deeds: string[] = []
  const dirty = [...leftovers]
  return {
    labs,
    visits,
    deeds,
    start: async (name) => {
      deeds.push(`start ${name}`)
      if (against !== undefined) throw against instanceof Error ? against : new Error(against)
      labs.set(name, undefined)
      return fakeLab(name, wire, labs, deeds)
    },
    join: async (name) => {
      deeds.push(`join ${name}`)
      return fakeLab(name, wire, labs, deeds)
    },
    isUp: (name) => labs.has(name),
    names: () => [...labs.keys()],
    sweep: () => dirty.splice(0),
    keep: (name, kept) => labs.set(name, kept),
    kept: (name) => labs.get(name),
    label: (name) => labs.get(name)?.label,
    end: async (name) => (labs.delete(name) ? { kind: 'ended', inhabitants: 0 } : { kind: 'none' }),
    endNow: (name) => labs.delete(name),
    visit: async (visit) => {
      visits.push(visit)
      return 7
    },
  }
}

/** A wire that does what the analyzer says, for one instance of each namespace. */
export function wireLikePaper(network: object): FakeWire {
  const parsed = parseNetwork(network)
  if (!parsed.ok) throw new Error('the network of a test has to be sound')
  const analyzer = createAnalyzer(compileFabric(parsed.network))
  return ({ space, source, destination, protocol, port }, { spaces }) => {
    const place = spaces.find(({ name }) => name === space)
    const from = place?.role === 'internet' ? (source ?? '') : (place?.of.id ?? '')
    const ported = port === undefined ? {} : { port }
    const answer = analyzer.verdict({ from, to: destination, protocol, ...ported })
    return 'verdict' in answer && answer.verdict === 'reachable' ? answered : silent
  }
}

function fakeLab(
  name: string,
  wire: FakeWire,
  labs: Map<string, KeptLab | undefined>,
  deeds: string[],
): Lab {
  let plan = labs.get(name)?.plan
  const host: FakeHost = {
    build: (request) => {
      plan = request.plan
      return { took: {}, handles: [], guestRules: [] }
    },
    listen: () => [],
    ask: ({ asks }) =>
      asks.map((ask) => ({
        id: ask.id,
        outcome: plan ? wire(ask, plan) : silent,
        steps: [],
        incomplete: true,
      })),
    routes: () => [],
  }
  return {
    name,
    ask: async (request) => {
      deeds.push(`${request.op} ${name}`)
      return brandFakeAnswer(host, request)
    },
    stay: async () => void deeds.push(`stay ${name}`),
    release: () => void deeds.push(`release ${name}`),
    end: async () => {
      deeds.push(`end ${name}`)
      labs.delete(name)
    },
  }
}
