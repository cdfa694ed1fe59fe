import type { FindingRecord } from '#model'

/**
 * One reason for several ranges of ports: `TCP 1024-3305` and `TCP 3307-65535` become
 * `TCP 1024-3305,3307-65535`. A reason that says anything else beside stays one of its own.
 */
export function joinPortRanges(records: readonly FindingRecord[]): readonly FindingRecord[] {
  const joined: FindingRecord[] = []
  for (const record of records) {
    const at = joined.findIndex((other) => differsInPortsOnly(other, record))
    if (at < 0) joined.push(record)
    else joined[at] = withPorts(joined[at], portsOf(record))
  }
  return joined
}

function differsInPortsOnly(a: FindingRecord, b: FindingRecord): boolean {
  if (portsOf(a) === undefined || portsOf(b) === undefined || !isAboutReplies(a)) return false
  return textOf(withPorts(a, undefined)) === textOf(withPorts(b, undefined))
}

/** Only stateless lists judge replies, and so the client's port. */
const isAboutReplies = ({ code }: FindingRecord): boolean => code.startsWith('acl.return.')

const textOf = ({ code, leg, rule, component, facts }: FindingRecord): string =>
  JSON.stringify([code, leg, rule, component.kind, component.id, facts])

const portsOf = ({ facts }: FindingRecord): string | undefined => facts.service?.split(' ')[1]

/** With these ports behind its own; with none, it says no port at all. */
function withPorts(record: FindingRecord, more: string | undefined): FindingRecord {
  const [protocol = '', own = ''] = (record.facts.service ?? '').split(' ')
  const ports = more === undefined ? [] : new Set([...own.split(','), ...more.split(',')])
  const service = [protocol, [...ports].join()].join(' ')
  return { ...record, facts: { ...record.facts, service } }
}
