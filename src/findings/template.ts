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
  const put = (
    whole: string,
    left: string,
    name: string,
    form: string | undefined,
    right: string,
    at: number,
  ) => {
    const given = value(name, form !== undefined)
    if (given === undefined) return whole
    const text = form !== undefined && isForm(form) ? forms[form](given) : given
    const before = isWide(template, at - 1) && isWide(text, 0) ? '' : left
    const after = isWide(text, text.length - 1) && isWide(template, at + whole.length) ? '' : right
    return before + text + after
  }
  return template.replace(placeholder, put)
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
