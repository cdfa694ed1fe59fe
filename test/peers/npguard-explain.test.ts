import { expect, test } from 'vitest'
import type { Question } from '#model'
import { npguardAnalyzer } from './npguard-network.ts'
import { casesOf, type PeerCase, suitesPresent } from './suites.ts'

const cases = casesOf('aws-npguard').filter(({ question }) => question === 'explain')

/** Connections that np-guard tells apart in its explanations, and some that it does not name. */
const probes: readonly Pick<Question, 'protocol' | 'port' | 'sourcePort'>[] = [
  { protocol: 'tcp', port: 9080, sourcePort: 1024 },
  { protocol: 'tcp', port: 9080, sourcePort: 1025 },
  { protocol: 'tcp', port: 9080, sourcePort: 5000 },
  { protocol: 'tcp', port: 9080, sourcePort: 5001 },
  { protocol: 'tcp', port: 9079, sourcePort: 5000 },
  { protocol: 'tcp', port: 9081, sourcePort: 5000 },
  { protocol: 'udp', port: 1, sourcePort: 5000 },
  { protocol: 'udp', port: 9080, sourcePort: 5000 },
  { protocol: 'icmp' },
]

test.skipIf(!suitesPresent).each(cases.map((one) => [one.id, one] as const))(
  'the connections of np-guard’s %s are the ones that get through',
  (_, one) => {
    const analyzer = npguardAnalyzer(one.inputs[0])
    const through = probes.map((probe) => {
      const answer = analyzer.ask({ ...endsOf(one), ...probe })
      return 'verdict' in answer ? answer.verdict : answer.error.message
    })
    expect(through).toEqual(
      probes.map((probe) => (isNamed(one, probe) ? 'reachable' : 'unreachable')),
    )
  },
)

/** `Public Internet 147.235.0.0/16` stands for an address of it, `p3[10.240.0.96]` for that one. */
function endsOf({ source, destination }: PeerCase): Pick<Question, 'from' | 'to'> {
  return { from: addressIn(source.text ?? ''), to: addressIn(destination.text ?? '') }
}

function addressIn(text: string): string {
  const found = /\[([\d.]+)\]|([\d.]+)\.0\.0\/16/.exec(text)
  const [, inside, outside = ''] = found ?? []
  return inside ?? `${outside}.7.7`
}

function isNamed(
  { expectedConnections = null, returnBlockedFor = null }: PeerCase,
  { protocol, port, sourcePort = 0 }: (typeof probes)[number],
): boolean {
  if (expectedConnections === null || !expectedConnections.includes(String(protocol).toUpperCase()))
    return false
  const [, only] = /dst-ports: (\d+)/.exec(expectedConnections) ?? []
  if (only !== undefined && Number(only) !== port) return false
  const blocked = /src-ports: (\S+)/.exec(returnBlockedFor ?? '')?.[1].split(',') ?? []
  return !blocked.some((range) => {
    const [from, to = from] = range.split('-').map(Number)
    return from <= sourcePort && sourcePort <= to
  })
}
