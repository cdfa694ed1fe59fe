import { parseAddress } from '#net'

import type { FindingCode } from './catalogue.ts'
import type { FactName } from './finding.ts'

/** A finding in one language. Both texts are templates with `{fact}` placeholders. */
export interface Sentence {
  /** What is the case: a clause without a capital or a full stop, so that it fits into others. */
  readonly say: string
  /** What to do: one sentence; a command, if there is one, ends it after a colon. */
  readonly advice: string
  /** In place of the advice where the fact `priority` is 1, which no other rule can come before. */
  readonly topAdvice?: string
}

/** Sentences of some codes, e.g. of one layer. */
export type SentencePart = { readonly [C in FindingCode]?: Sentence }

/**
 * Checks at compile time that each row belongs to a code and that its placeholders are facts of
 * that code, or one of `{component}`, `{component-id}`, `{rule}` and `{leg}`. A fact may be put
 * into a form: `{source|cidr}`.
 */
export function sentences<const T extends SentencePart>(part: T & Checked<T>): T {
  return part
}

/** How a fact may be written in a command: each turns its text into another. */
export const forms = {
  /** A prefix: `10.0.1.10/32`. */
  cidr: cidrOf,
  /** `IpProtocol` of a `service`. */
  protocol: (service: string) => splitService(service).protocol,
  /** `PortRange` of a `service`. */
  ports: (service: string) => splitService(service).ports,
  'source-option': (text: string) =>
    `--${isIpv6(text) ? 'Ipv6SourceCidrIp' : 'SourceCidrIp'} ${cidrOf(text)}`,
  'destination-option': (text: string) =>
    `--${isIpv6(text) ? 'Ipv6DestCidrIp' : 'DestCidrIp'} ${cidrOf(text)}`,
  'address-option': (text: string) =>
    `--${isIpv6(text) ? 'Ipv6Address' : 'PrivateIpAddress'}.1 ${text}`,
  /** The Linux setting that lets a kernel forward packets to an address. */
  forwarding: (text: string) =>
    isIpv6(text) ? 'net.ipv6.conf.all.forwarding=1' : 'net.ipv4.ip_forward=1',
  /** What `ss` is told to list the listeners of a `service`. */
  listeners: (service: string) => {
    const { protocol, ports } = splitService(service)
    const [first = '', last = first] = ports.split('/')
    const range = first === last ? `sport = :${first}` : `sport >= :${first} and sport <= :${last}`
    return `-${protocol === 'udp' ? 'u' : 't'} '${range}'`
  },
} as const satisfies Record<string, (text: string) => string>

export type Form = keyof typeof forms

/**
 * Puts values into a template; a placeholder without a value stays as it is. `value` is told
 * whether its text will be put into a form, and then must not translate it. Templates keep a blank
 * on both sides of a placeholder; between two Chinese characters it goes.
 */
export function fill(
  template: string,
  value: (name: string, raw: boolean) => string | undefined,
): string {
  let text = ''
  for (const part of partsOf(template)) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const given = value(part.name, part.form !== undefined)
    const put =
      given === undefined ? part.whole : part.form === undefined ? given : forms[part.form](given)
    const wide = given !== undefined
    text += (wide && part.afterWide && isWide(put, 0) ? '' : part.left) + put
    text += wide && part.beforeWide && isWide(put, put.length - 1) ? '' : part.right
  }
  return text
}

interface Slot {
  readonly name: string
  readonly form: Form | undefined
  /** As it stands in the template, without the blanks around it. */
  readonly whole: string
  readonly left: string
  readonly right: string
  /** Whether a Chinese character stands before or behind it in the template. */
  readonly afterWide: boolean
  readonly beforeWide: boolean
}

/** Templates are few and used for every answer: each is read once. */
const read = new Map<string, readonly (string | Slot)[]>()

function partsOf(template: string): readonly (string | Slot)[] {
  const known = read.get(template)
  if (known) return known
  const parts = splitTemplate(template)
  read.set(template, parts)
  return parts
}

function splitTemplate(template: string): (string | Slot)[] {
  const parts: (string | Slot)[] = []
  let end = 0
  for (const match of template.matchAll(placeholder)) {
    const [found, left, name, form, right] = match
    if (match.index > end) parts.push(template.slice(end, match.index))
    end = match.index + found.length
    parts.push({
      name,
      form: form !== undefined && isForm(form) ? form : undefined,
      whole: found.slice(left.length, found.length - right.length),
      left,
      right,
      afterWide: isWide(template, match.index - 1),
      beforeWide: isWide(template, end),
    })
  }
  if (end < template.length) parts.push(template.slice(end))
  return parts
}

/** The placeholders of a template, forms included (`source|cidr`). */
export function placeholders(template: string): readonly string[] {
  return Array.from(template.matchAll(placeholder), ([whole]) => whole.trim().slice(1, -1))
}

const placeholder = /( ?)\{([a-z-]+)(?:\|([a-z-]+))?\}( ?)/g

/** Chinese characters and full-width punctuation stand without blanks between them. */
function isWide(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return (unit >= 0x3000 && unit <= 0x9fff) || (unit >= 0xff00 && unit <= 0xffef)
}

function isForm(form: string): form is Form {
  return Object.hasOwn(forms, form)
}

function cidrOf(text: string): string {
  const address = parseAddress(text)
  if (address === undefined) return text
  return `${text}/${address.family === 4 ? 32 : 128}`
}

function isIpv6(text: string): boolean {
  return text.includes(':')
}

/** The values of AuthorizeSecurityGroup: `-1/-1` stands for a protocol without ports. */
function splitService(service: string): { readonly protocol: string; readonly ports: string } {
  const numbered = /^protocol (\d+)$/.exec(service)
  if (numbered !== null) return { protocol: numbered[1], ports: '-1/-1' }
  const [protocol = '', ports] = service.toLowerCase().split(' ')
  if (protocol !== 'tcp' && protocol !== 'udp') return { protocol, ports: '-1/-1' }
  if (ports === undefined) return { protocol, ports: '1/65535' }
  const [first = ports, last = first] = ports.split(/[-–]/)
  return { protocol, ports: `${first}/${last}` }
}

type Checked<T> = {
  readonly [C in keyof T]: C extends FindingCode
    ? { readonly [K in keyof T[C]]: Legal<T[C][K], C> }
    : never
}

type Legal<S, C extends FindingCode> = [Exclude<Placeholder<S>, Allowed<C>>] extends [never]
  ? S
  : { readonly unknownPlaceholder: Exclude<Placeholder<S>, Allowed<C>> }

type Placeholder<S> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never

type Allowed<C extends FindingCode> = Named<C> | `${Named<C>}|${Form}`

type Named<C extends FindingCode> = FactName<C> | 'component' | 'component-id' | 'rule' | 'leg'
