import { sentFrom } from './judge-socket-error.ts'
import type { Departure } from './judge-socket-error.ts'
import type { ProbeOutcome } from './probe.ts'
import { toWireAddress } from './wire-address.ts'

/**
 * What the output of `ping -c 1` (iputils, LC_ALL=C) says of an echo request. ping takes a reply from
 * any address; one from another than `destination` is none.
 */
export function readPing(text: string, destination: string, departure: Departure): ProbeOutcome {
  const time = /^\d+ bytes from ([\da-f:.]+): .* time=([\d.]+) ms/m.exec(text)
  const isOfDestination =
    time !== null && toWireAddress(time[1])?.text === toWireAddress(destination)?.text
  if (time !== null && !isOfDestination) return { kind: 'silent', ...sentFrom(departure) }
  if (time !== null)
    return {
      kind: 'answered',
      local: departure.local,
      microseconds: Math.round(Number(time[2]) * 1000),
    }
  for (const [words, errno] of errnoByWords)
    if (text.includes(words))
      return { kind: 'error', errno, stage: text.includes('From ') ? 'wait' : 'send' }
  if (/^1 packets transmitted, 0 received/m.test(text))
    return { kind: 'silent', ...sentFrom(departure) }
  const [line = 'it said nothing'] = text
    .split('\n')
    .filter((part) => part !== '')
    .slice(-1)
  return { kind: 'not_measured', why: `ping: ${line}` }
}

/** ping's words for an ICMP error and for the kernel's (iputils ping.c, strerror(3)). */
const errnoByWords = [
  ['Destination Net Unreachable', 'ENETUNREACH'],
  ['Destination Host Unreachable', 'EHOSTUNREACH'],
  ['Destination Port Unreachable', 'ECONNREFUSED'],
  ['Packet filtered', 'EHOSTUNREACH'],
  ['Destination unreachable: No route', 'ENETUNREACH'],
  ['Destination unreachable: Address unreachable', 'EHOSTUNREACH'],
  ['Destination unreachable: Administratively prohibited', 'EACCES'],
  ['Destination unreachable: Port unreachable', 'ECONNREFUSED'],
  ['Operation not permitted', 'EPERM'],
  ['Network is unreachable', 'ENETUNREACH'],
  ['No route to host', 'EHOSTUNREACH'],
  ['Permission denied', 'EACCES'],
] as const
