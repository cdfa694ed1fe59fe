import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { formatIpv4, parseAddress, parsePrefixOrAddress, prefixContains } from '#net'

import {
  AddressLineBuilder,
  addressesOf,
  familyRange,
  rangeOf,
  rankCount,
  rankFamily,
  rankOf,
} from '../../src/fabric/address-line.ts'

const ipv4 = fc.nat(0xffffffff).map((value) => formatIpv4(value >>> 0))
const cidr4 = fc
  .tuple(ipv4, fc.integer({ min: 1, max: 32 }))
  .map(([text, length]) => mask(text, length))
const ipv6 = fc
  .array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })
  .map((parts) => parts.map((part) => part.toString(16)).join(':'))
const cidr6 = fc
  .tuple(ipv6, fc.integer({ min: 1, max: 128 }))
  .map(([text, length]) => mask(text, length))

function mask(text: string, length: number): string {
  const prefix = parsePrefixOrAddress(`${text}/${length}`, { hostBits: 'mask' })
  if (!prefix) throw new Error(`no prefix: ${text}/${length}`)
  const address = text.includes(':') ? text : formatIpv4(Number(prefix.low))
  return `${address}/${length}`
}

function lineOf(
  cidrs: readonly string[],
  addresses: readonly string[] = [],
): ReturnType<AddressLineBuilder['build']> {
  const builder = new AddressLineBuilder()
  for (const cidr of cidrs) builder.cidr(cidr)
  for (const address of addresses) builder.address(address)
  return builder.build()
}

describe('the address line', () => {
  test('a rank lies in the interval of a prefix exactly when its addresses do, in both families', () => {
    fc.assert(
      fc.property(
        fc.array(cidr4, { maxLength: 8 }),
        fc.array(cidr6, { maxLength: 8 }),
        ipv4,
        ipv6,
        (four, six, a, b) => {
          const cidrs = [...four, ...six]
          const line = lineOf(cidrs, [a, b])
          for (const cidr of cidrs) {
            const range = rangeOf(line, cidr)
            const prefix = parsePrefixOrAddress(cidr, { hostBits: 'mask' })
            for (const text of [a, b]) {
              const rank = rankOf(line, text)
              const address = parseAddress(text)
              if (rank === undefined || !range || !prefix || !address)
                throw new Error(`lost ${text} or ${cidr}`)
              expect(range.low <= rank && rank <= range.high).toBe(prefixContains(prefix, address))
            }
          }
        },
      ),
    )
  })

  test('an address that was named has a rank of its own', () => {
    fc.assert(
      fc.property(fc.uniqueArray(ipv4, { minLength: 1, maxLength: 20 }), (addresses) => {
        const line = lineOf([], addresses)
        for (const text of addresses) {
          const rank = rankOf(line, text) ?? -1
          const value = parseAddress(text)?.value
          expect(addressesOf(line, rank)).toEqual({ low: value, high: value })
        }
      }),
    )
  })

  test('ranks ascend with addresses, IPv4 before IPv6, and cover both families without gaps', () => {
    fc.assert(
      fc.property(
        fc.array(cidr4, { maxLength: 8 }),
        fc.array(cidr6, { maxLength: 8 }),
        (four, six) => {
          const line = lineOf([...four, ...six])
          const all4 = familyRange(line, 4)
          const all6 = familyRange(line, 6)
          expect([all4.low, all4.high + 1, all6.high + 1]).toEqual([0, all6.low, rankCount(line)])
          for (let rank = 1; rank < rankCount(line); rank++) {
            if (rankFamily(line, rank) !== rankFamily(line, rank - 1)) continue
            expect(addressesOf(line, rank).low).toBe(addressesOf(line, rank - 1).high + 1n)
          }
        },
      ),
    )
  })

  test.each(['', 'x', '10.0.0.0.0', '10.0.0.256', '1::2::3', '10.0.0.0/33'])(
    'text that is no address has no rank: %j',
    (text) => {
      const line = lineOf(['10.0.0.0/8'])
      expect(rankOf(line, text)).toBeUndefined()
      expect(rangeOf(line, text)).toBeUndefined()
    },
  )

  test('the last address of each family is a boundary without a successor', () => {
    const line = lineOf(['255.255.255.255/32', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128'])
    expect(rankOf(line, '255.255.255.255')).toBe(familyRange(line, 4).high)
    expect(rankOf(line, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')).toBe(familyRange(line, 6).high)
  })
})
