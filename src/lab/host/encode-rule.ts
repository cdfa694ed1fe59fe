import { addressBytes } from './address-words.ts'
import { type LineOptions, readOptions, wholeNumber } from './line-words.ts'
import { attribute, number32, type RouteMessage, text } from './netlink-message.ts'
import { MESSAGE_TYPE, REQUEST, RULE } from './netlink-numbers.ts'

/** `rule add …` and `rule del pref N`; which family it is for, only the batch says. */
export function encodeRule(
  [operation, ...words]: readonly string[],
  family: number,
): RouteMessage | undefined {
  const known = ['pref', 'from', 'iif', 'oif', 'fwmark', 'lookup']
  const options = readOptions(words, { values: known, flags: [] })
  const priority = wholeNumber(options?.values.get('pref') ?? '')
  if (!options || priority === undefined) return undefined
  if (operation === 'add') return addition(options, family, priority)
  if (operation !== 'del' || options.values.size > 1) return undefined
  const body = Buffer.concat([header(family, 0, 0, 0), number32(RULE.priority, priority)])
  return { type: MESSAGE_TYPE.deleteRule, flags: REQUEST.request, body }
}

function addition(
  { values }: LineOptions,
  family: number,
  priority: number,
): RouteMessage | undefined {
  const table = wholeNumber(values.get('lookup') ?? '')
  const [from, iif, oif] = [values.get('from'), values.get('iif'), values.get('oif')]
  const source = from === undefined || from === 'all' ? undefined : addressBytes(from)
  const mark = wholeNumber(values.get('fwmark') ?? '0')
  const isOdd = from !== undefined && from !== 'all' && source?.family !== family
  if (table === undefined || mark === undefined || isOdd) return undefined
  return {
    type: MESSAGE_TYPE.newRule,
    flags: REQUEST.request | REQUEST.create | REQUEST.exclusive,
    body: Buffer.concat([
      header(family, source?.length ?? 0, table > 255 ? 0 : table, RULE.toTable),
      number32(RULE.priority, priority),
      ...(source ? [attribute(RULE.source, source.bytes)] : []),
      ...(iif === undefined ? [] : [text(RULE.inDevice, iif)]),
      ...(oif === undefined ? [] : [text(RULE.outDevice, oif)]),
      ...(values.has('fwmark') ? [number32(RULE.mark, mark)] : []),
      ...(table > 255 ? [number32(RULE.table, table)] : []),
    ]),
  }
}

/** `struct fib_rule_hdr`: families and lengths, then the table, and after three bytes the action. */
function header(family: number, sourceLength: number, table: number, action: number): Buffer {
  return Buffer.from([family, 0, sourceLength, 0, table, 0, 0, action, 0, 0, 0, 0])
}
