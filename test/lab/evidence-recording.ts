import { readFileSync } from 'node:fs'
import type { GuestRuleHandle, Handle, ProbeOutcome, TraceStep } from '#lab'
import type { RouteTold } from '../../src/lab/host/request.ts'

/**
 * What a real lab said about one packet (Linux 6.18), a line a fact. Of its steps those were kept
 * that begin a visit, name a device, match a rule of the network or drop; of several packets of the
 * flow the first at each place. `mark` and `guest` say which rule a handle is, `route` what the
 * kernel answered about the black hole.
 */
export interface Recording {
  readonly outcome: ProbeOutcome
  readonly marks: readonly MarkedHandle[]
  readonly guestRules: readonly GuestRuleHandle[]
  readonly routes: readonly RouteTold[]
  readonly steps: readonly TraceStep[]
}

/** A rule by its words, because a mark's number changes with every line of a plan. */
export interface MarkedHandle {
  readonly at: Omit<Handle, 'mark'>
  /** Stage, decision, component, rule and code of the mark. */
  readonly words: string
}

/** Reads a file of `fixtures/evidence`. Throws on a line that it does not know. */
export function readRecording(name: string): Recording {
  const path = new URL(`fixtures/evidence/${name}.txt`, import.meta.url)
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const told = (word: string) =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []))
  const [outcome = ''] = told('outcome')
  return {
    outcome: outcomeOf(outcome),
    marks: told('mark').map(markOf),
    guestRules: told('guest').map(guestRuleOf),
    routes: told('route').map(routeOf),
    steps: lines.filter((line) => !/^(?:#|outcome|mark|guest|route) /.test(line)).map(stepOf),
  }
}

const sent = { local: '10.0.0.1', microseconds: 1000 } as const

function outcomeOf(text: string): ProbeOutcome {
  const [kind, word, stage] = text.split(' ')
  if (kind === 'answered' || kind === 'silent') return { kind, ...sent }
  if (kind === 'expired') return { kind, hop: '10.0.0.2', ...sent }
  if (kind === 'error') return { kind, errno: word, stage: stage === 'connect' ? stage : 'wait' }
  if (kind !== 'refused') throw new Error(`"${text}" is no outcome`)
  if (word === 'reset') return { kind, by: word, ...sent }
  return { kind, by: 'unreachable', icmp: { from: '10.0.0.2', type: 3, code: 3 }, ...sent }
}

function placeOf(text: string): Omit<Handle, 'mark'> {
  const [space, family, table, chain, handle] = text.split(' ')
  return { space, family, table, chain, handle: Number(handle) }
}

function markOf(text: string): MarkedHandle {
  const [place, words] = text.split(' = ')
  return { at: placeOf(place), words }
}

function guestRuleOf(text: string): GuestRuleHandle {
  const [place, position] = text.split(' = ')
  return { ...placeOf(place), position: Number(position) }
}

function routeOf(text: string): RouteTold {
  const [destination, table] = text.split(' ')
  return { destination, table: Number(table) }
}

function stepOf(line: string): TraceStep {
  const words = line.split(' ')
  if (words.length !== 15) throw new Error(`"${line}" is no step`)
  const [space, packet, way, ttl, family, table, chain, handle, verdict] = words
  const [iif, oif, firewallMark, source, destination, port] = words.slice(9)
  return {
    space,
    packet: Number(packet),
    reply: way === '<',
    ttl: Number(ttl),
    family,
    table,
    chain,
    verdict: verdict.replace(':', ' '),
    source,
    destination,
    ...(handle === 'end' ? {} : { handle: Number(handle) }),
    ...(iif === '-' ? {} : { iif }),
    ...(oif === '-' ? {} : { oif }),
    ...(firewallMark === '-' ? {} : { firewallMark: Number(firewallMark) }),
    ...(port === '-' ? {} : { destinationPort: Number(port) }),
  }
}
