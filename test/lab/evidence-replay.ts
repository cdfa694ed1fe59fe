import {
  type Ask,
  type Blocker,
  compilePlan,
  type Evidence,
  type GuestRuleHandle,
  type Handle,
  type HostRequest,
  journeyReader,
  type Lab,
  type LabPlan,
  type Mark,
  placeQuestion,
  readEvidence,
  type Told,
} from '#lab'
import { brandAnswer } from '../../src/lab/client/brand-answer.ts'
import type { RouteTold } from '../../src/lab/host/request.ts'
import { ask } from '../oracle/tiny-network.ts'
import { evidenceCases, type EvidenceName, outsideHosts } from './evidence-cases.ts'
import { type MarkedHandle, readRecording } from './evidence-recording.ts'

/** Everything that `readEvidence` is given about one packet. */
export interface Replay {
  readonly plan: LabPlan
  readonly ask: Ask
  readonly told: Told
  readonly handles: readonly Handle[]
  readonly guestRules: readonly GuestRuleHandle[]
  readonly routes: readonly RouteTold[]
}

/** A recorded packet, with the plan of its network as it is compiled today. */
export function replayOf(name: EvidenceName): Replay {
  const { network, question } = evidenceCases[name]
  const plan = compilePlan(network(), { publicHosts: outsideHosts })
  const { outcome, marks, guestRules, routes, steps } = readRecording(name)
  const told: Told = { id: 0, outcome, steps, incomplete: false }
  const handles = marks.map((mark) => handleOf(plan, mark))
  return { plan, ask: askOf(plan, question), told, handles, guestRules, routes }
}

function askOf(plan: LabPlan, question: string): Ask {
  const { from: origin, to: destination, destinationPort: port } = ask(question)
  const protocol = question.includes(' udp ') ? 'udp' : 'tcp'
  const placed = placeQuestion(plan, { origin, destination, protocol, port, sourcePort: 40_001 })
  if (placed.kind === 'absent') throw new Error(`${question}: ${placed.why}`)
  return { id: 0, ...placed.ask }
}

function handleOf({ marks }: LabPlan, { at, words }: MarkedHandle): Handle {
  const mark = marks.findIndex((item) => wordsOf(item) === words)
  if (mark < 0) throw new Error(`no rule of the plan is "${words}"`)
  return { ...at, mark }
}

function wordsOf({ stage, decision, component: { kind, id }, rule, code }: Mark): string {
  return [stage, decision, kind, id, rule ?? '-', code ?? '-'].join(' ')
}

/** What is found out about it; `asked` gets what the lab is asked meanwhile. */
export async function evidenceOf(replay: Replay, asked: HostRequest[] = []): Promise<Evidence> {
  const { plan, ask, told, handles, guestRules, routes } = replay
  const read = journeyReader(plan, handles)
  const lab = labWith(routes, asked)
  const [evidence] = await readEvidence(lab, plan, read, [ask], [told], guestRules)
  return evidence
}

/** A lab of which nothing is left but what its kernel said about routes. */
export function labWith(routes: readonly RouteTold[], asked: HostRequest[] = []): Lab {
  return {
    name: 'replay',
    ask: async (request) => {
      asked.push(request)
      return brandAnswer(routes)
    },
    stay: async () => undefined,
    release: () => undefined,
    end: async () => undefined,
  }
}

/** `forward sg.ingress.deny securityGroup sg-1: no-ssh, by rule`; `unknown` where nothing is named. */
export async function reasonOf(replay: Replay): Promise<string> {
  return textOf((await evidenceOf(replay)).blocker)
}

function textOf(blocker: Blocker | undefined): string {
  if (!blocker) return 'unknown'
  const { leg, code, component, rule, by } = blocker
  const named = rule === undefined ? '' : `: ${rule}`
  return `${leg} ${code} ${component.kind} ${component.id}${named}, by ${by}`
}
