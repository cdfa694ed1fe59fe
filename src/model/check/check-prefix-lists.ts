import { parsePrefixOrAddress } from '#net'
import { nameInSentence } from '../describe-value.ts'
import type { Check } from './evidence.ts'

/** A prefix list is of one family; a rule that names it would otherwise mean two things. */
export const checkPrefixLists: Check = ({ index, pointer }, log) => {
  index.all('prefixList').forEach(({ id, cidrs, provider }, nth) => {
    // Azure's service tags are of both.
    if (provider === 'azure') return
    const families = new Set(
      cidrs.map((cidr) => parsePrefixOrAddress(cidr, { hostBits: 'mask' })?.family),
    )
    if (families.size < 2) return
    log.report({
      severity: 'warning',
      pointer: `${pointer('prefixList', nth)}/cidrs`,
      code: 'mixed-families',
      expected: 'IPv4 prefixes only, or IPv6 prefixes only',
      message: `Prefix list ${nameInSentence(id)} mixes IPv4 and IPv6 prefixes.`,
    })
  })
}
