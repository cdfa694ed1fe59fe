import { expect, test } from 'vitest'

import { compileFabric, createJudge, NOBODY, ownerOf, rankOf } from '#fabric'
import { parseNetwork } from '#model'

const base = { provider: 'alibaba', account: '1', region: 'cn-test' } as const
const VPCS = 300

/** VPCs that all use the same range; in every third one nobody has the second address. */
function overlapping(): ReturnType<typeof compileFabric> {
  const numbers = Array.from({ length: VPCS }, (_, i) => i)
  const interfaceAt = (vpc: number, host: number): object => ({
    ...base,
    id: `eni-${vpc}-${host}`,
    type: 'secondary',
    state: 'Available',
    vpcId: `vpc-${vpc}`,
    subnetId: `vsw-${vpc}`,
    addresses: [`10.0.0.${host}`],
    securityGroupIds: [`sg-${vpc}`],
  })
  const parsed = parseNetwork({
    kind: 'hopwise.network/v1',
    vpc: numbers.map((vpc) => ({ ...base, id: `vpc-${vpc}`, cidrs: ['10.0.0.0/16'] })),
    subnet: numbers.map((vpc) => ({
      ...base,
      id: `vsw-${vpc}`,
      vpcId: `vpc-${vpc}`,
      cidr: '10.0.0.0/24',
    })),
    routeTable: numbers.map((vpc) => ({
      ...base,
      id: `vtb-${vpc}`,
      vpcId: `vpc-${vpc}`,
      type: 'system',
      routes: [],
    })),
    securityGroup: numbers.map((vpc) => ({
      ...base,
      id: `sg-${vpc}`,
      vpcId: `vpc-${vpc}`,
      type: 'basic',
      intraGroup: 'accept',
      rules: [],
    })),
    // Not in the order of the VPCs.
    networkInterface: numbers
      .toReversed()
      .flatMap((vpc) =>
        vpc % 3 === 0 ? [interfaceAt(vpc, 4)] : [interfaceAt(vpc, 5), interfaceAt(vpc, 4)],
      ),
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return compileFabric(parsed.network)
}

test('VPCs that use the same addresses each keep their own owners', () => {
  const fabric = overlapping()
  const judge = createJudge(fabric)
  const ids: readonly string[] = fabric.network.networkInterface?.map(({ id }) => id) ?? []
  for (let vpc = 0; vpc < VPCS; vpc++) {
    for (const host of [4, 5, 6]) {
      const rank = rankOf(fabric.line, `10.0.0.${host}`) ?? -1
      const owned = host === 4 || (host === 5 && vpc % 3 !== 0)
      const owner = owned ? ids.indexOf(`eni-${vpc}-${host}`) : NOBODY
      expect(judge.owner(vpc, rank)).toBe(owner)
      expect(ownerOf(fabric, vpc, rank)).toBe(owner)
    }
  }
  expect(judge.owner(-1, rankOf(fabric.line, '10.0.0.4') ?? -1)).toBe(NOBODY)
})
