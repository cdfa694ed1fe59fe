import { type Fabric, hasPortWords, PROTOCOL_MASK, ALL_PROTOCOLS } from '#fabric'
import type { Family, Ground } from '../../resolve/ground.ts'
import type { Atom } from './atom.ts'

const FIRST_PORT = 1
const LAST_PORT = 65535

/** The packets of one protocol and port, or of all ports where it has none. */
export function pointAtom(protocol: number, port: number, families: readonly Family[]): Atom {
  const at = hasPortWords(protocol) ? port : 0
  return { protocol, low: at, high: at, families }
}

/** Every packet of every protocol, in as few atoms as ports are cut by the rules of groups and lists. */
export function listAtoms(ground: Ground, wanted?: readonly number[]): Atom[] {
  const { fabric, protocols } = ground
  const asked = wanted ?? [...new Set([...protocols[4], ...protocols[6]])].sort((a, b) => a - b)
  return asked.flatMap((protocol) => {
    const families = ([4, 6] as const).filter(
      (family) => wanted !== undefined || protocols[family].includes(protocol),
    )
    if (!hasPortWords(protocol)) return [pointAtom(protocol, 0, families)]
    const cuts = portCuts(fabric, protocol)
    return cuts.map((low, i) => ({
      protocol,
      low,
      high: (cuts[i + 1] ?? LAST_PORT + 1) - 1,
      families,
    }))
  })
}

/** Ascending first ports of the stretches that no rule of the protocol divides. */
function portCuts({ rules, flags }: Fabric, protocol: number): number[] {
  const cuts = new Set([FIRST_PORT])
  const cut = (low: number, high: number): void => {
    if (low > FIRST_PORT) cuts.add(low)
    if (high < LAST_PORT) cuts.add(Math.max(FIRST_PORT, high + 1))
  }
  for (let entry = 0; entry < rules.keys.length; entry++) {
    const named = rules.words[entry * 4 + 1] & PROTOCOL_MASK
    if (named !== ALL_PROTOCOLS && named !== protocol) continue
    cut(rules.words[entry * 4] >>> 16, rules.words[entry * 4] & 0xffff)
  }
  if (protocol === flags.blockedProtocol) cut(flags.blockedPort, flags.blockedPort)
  return [...cuts].sort((a, b) => a - b)
}
