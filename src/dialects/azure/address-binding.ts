import type { PublicAddressBinding } from '#model'

import { addressAt } from '../note.ts'
import { elementsOf } from '../spot.ts'
import { keyOf, parentId, parseArmId } from './arm-id.ts'
import { kindOfType } from './arm-kind.ts'
import { namedId } from './field.ts'
import { recordOf, recordsOf, spelling } from './reading.ts'
import { reference } from './link.ts'
import type { Reading } from './reading.ts'
import { at } from './record.ts'
import type { ArmRecord } from './record.ts'

/** What has a public address; `opaque`: a component whose inside nobody analyses. */
export interface Claim extends PublicAddressBinding {
  readonly opaque?: true
}

/** Everything that is said of an address, what it says itself first. */
export type Bindings = (address: ArmRecord) => readonly Claim[]

export function bindingsOf(reading: Reading): Bindings {
  const claims = new Map<string, Claim[]>()
  const claim = (id: string | undefined, made: Claim | undefined): void => {
    if (id !== undefined && made) claims.set(keyOf(id), [...(claims.get(keyOf(id)) ?? []), made])
  }
  for (const nat of recordsOf(reading, 'natGateway')) {
    for (const item of elementsOf(at(nat, 'publicIpAddresses'))) {
      claim(namedId(item), { kind: 'natGateway', id: nat.id })
    }
  }
  for (const holder of recordsOf(reading, 'configuration', 'scaleSetConfiguration', 'frontend')) {
    claim(reference(reading, holder, 'publicIPAddress'), claimOf(reading, holder.id))
  }
  return (record) => [...ownClaims(reading, record), ...(claims.get(keyOf(record.id)) ?? [])]
}

function ownClaims(reading: Reading, record: ArmRecord): readonly Claim[] {
  const nat = reference(reading, record, 'natGateway')
  if (nat !== undefined) return [{ kind: 'natGateway', id: nat }]
  const holder = namedId(at(record, 'ipConfiguration'))
  const made = holder === undefined ? undefined : claimOf(reading, holder)
  return made ? [made] : []
}

/** A part of an interface, of a load balancer, or of something else that the provider runs. */
function claimOf(reading: Reading, holder: string): Claim | undefined {
  const kind = kindOfType(parseArmId(holder)?.type ?? '')
  if (kind === 'frontend') return { kind: 'loadBalancer', id: spelling(reading, holder) }
  const owner = spelling(reading, parentId(holder))
  const ownerKind = kindOfType(parseArmId(owner)?.type ?? '')
  if (kind === 'configuration' || kind === 'scaleSetConfiguration') {
    const record = recordOf(reading, holder)
    const inside = record && addressAt(at(record, 'privateIPAddress'))?.address
    return {
      kind: 'networkInterface',
      id: owner,
      ...(inside !== undefined && { privateAddress: inside }),
    }
  }
  // A firewall is read as the interface that it is met by; of gateways there is none.
  const listed = ownerKind === 'firewall' && recordOf(reading, owner) !== undefined
  return { kind: 'networkInterface', id: owner, ...(!listed && { opaque: true }) }
}
