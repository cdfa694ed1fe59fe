import type { Assumption, FindingRecord } from '#model'

/**
 * One reason for several ranges of ports: `TCP 1024-3305` and `TCP 3307-65535` become
 * `TCP 1024-3305,3307-65535`. A reason that says anything else beside stays one of its own; the same
 * one again is left out. Only stateless lists judge replies, and so the client's port.
 */
export const joinPortRanges = (records: readonly FindingRecord[]): readonly FindingRecord[] =>
  joined(records, ({ code }) => code.startsWith('acl.return.'))

/** One assumption for all ports that take the same thing for granted. */
export const joinAssumptions = (all: readonly Assumption[]): readonly Assumption[] =>
  joined(all, () => true)

/** One reason for all ports of a part of a set, which is told by what decides and not by ports. */
export const joinReasons = (all: readonly FindingRecord[]): readonly FindingRecord[] =>
  joined(all, () => true)

type Said = Assumption & Pick<FindingRecord, 'leg' | 'rule'>

function joined<T extends Said>(all: readonly T[], joins: (one: T) => boolean): readonly T[] {
  const groups = new Map<string, { readonly first: T; readonly ports: string[] }>()
  for (const one of all) {
    const ports = joins(one) ? portsOf(one) : undefined
    const key = textOf(ports === undefined ? one : withPorts(one, ''))
    const known = groups.get(key)
    if (known) known.ports.push(ports ?? '')
    else groups.set(key, { first: one, ports: [ports ?? ''] })
  }
  return [...groups.values()].map(({ first, ports }) =>
    ports.length === 1 || ports[0] === '' ? first : withPorts(first, mergePorts(ports)),
  )
}

const textOf = ({ code, leg, rule, component, facts }: Said): string =>
  JSON.stringify([code, leg, rule, component.kind, component.id, facts])

const portsOf = ({ facts }: Said): string | undefined => facts.service?.split(' ')[1]

function withPorts<T extends Said>(record: T, ports: string): T {
  const [protocol = ''] = (record.facts.service ?? '').split(' ')
  return { ...record, facts: { ...record.facts, service: `${protocol} ${ports}` } }
}

/** Ranges that meet become one. */
function mergePorts(texts: readonly string[]): string {
  const ranges = texts
    .flatMap((text) => text.split(','))
    .map((text) => text.split('-').map(Number))
    .map(([low = 0, high = low]) => ({ low, high }))
    .sort((a, b) => a.low - b.low)
  const merged: { low: number; high: number }[] = []
  for (const { low, high } of ranges) {
    const last = merged.at(-1)
    if (last && low <= last.high + 1) last.high = Math.max(last.high, high)
    else merged.push({ low, high })
  }
  return merged.map(({ low, high }) => (low === high ? `${low}` : `${low}-${high}`)).join()
}
