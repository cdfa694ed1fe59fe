import { networkFormat, parseNetwork } from '#model'
import type { Gap, Guest, Network, ResourceArrays } from '#model'
import type { Dice } from './dice.ts'

/** A type of room model without its brands and `readonly`: what JSON gives. */
export type Plain<T> = T extends { readonly __kind: string } | { readonly __text: string }
  ? string
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { -readonly [Key in keyof T]: Plain<T[Key]> }
      : T

type Arrays = {
  -readonly [Kind in keyof ResourceArrays]-?: Plain<NonNullable<ResourceArrays[Kind]>>
}

/** A network that is being made up. */
export interface Sketch extends Arrays {
  guests: Plain<Guest>[]
  gaps: Plain<Gap>[]
}

/** A network that is being made up, and the dice that decide. */
export interface Drawing {
  readonly dice: Dice
  readonly sketch: Sketch
}

/** Where everything of a made-up network lives. */
export const home = { provider: 'alibaba', account: '1', region: 'cn-test' } as const

/** The fields, or none of them. */
export function given<T extends object>(yes: boolean, fields: T): Partial<T> {
  return yes ? fields : {}
}

/** The first three octets of a /24 of some vSwitch, with a last one. */
export function hostOf(cidr: string, last: number): string {
  return `${cidr.slice(0, cidr.lastIndexOf('.'))}.${last}`
}

export function subnetsOf(sketch: Sketch, vpcId: string): Sketch['subnet'] {
  return sketch.subnet.filter((subnet) => subnet.vpcId === vpcId)
}

export function interfacesOf(sketch: Sketch, vpcId: string): Sketch['networkInterface'] {
  return sketch.networkInterface.filter((eni) => eni.vpcId === vpcId)
}

/** Notes that a whole kind, or one resource, was not read. */
export function leaveGap(sketch: Sketch, kind: Gap['kind'], id?: string): void {
  const { provider } = home
  sketch.gaps.push({
    kind,
    provider,
    call: `Describe ${kind}`,
    ...(id === undefined ? {} : { id }),
  })
}

/** The next public address of a network; none occurs twice. */
export function nextPublicAddress({ publicAddress, instance }: Sketch): string {
  return `47.100.0.${publicAddress.length + instance.filter(({ classic }) => classic).length + 1}`
}

/** An error is a mistake of the generator, as a made-up network has to be a valid one. */
export function toNetwork(sketch: Sketch): Network {
  const parsed = parseNetwork({ kind: networkFormat, ...sketch })
  if (parsed.ok) return parsed.network
  const errors = parsed.problems.filter(({ severity }) => severity === 'error')
  throw new Error(errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('\n'))
}

/** A network without anything. */
export function emptySketch(): Sketch {
  return {
    vpc: [],
    subnet: [],
    instance: [],
    networkInterface: [],
    securityGroup: [],
    networkAcl: [],
    routeTable: [],
    publicAddress: [],
    natGateway: [],
    internetGateway: [],
    peering: [],
    routerInterface: [],
    transitRouter: [],
    vpnGateway: [],
    line: [],
    loadBalancer: [],
    prefixList: [],
    haVip: [],
    endpoint: [],
    cloudService: [],
    bastion: [],
    applicationGateway: [],
    scaleSet: [],
    guests: [],
    gaps: [],
  }
}
