import type { LabPlan, Seat } from '#lab'
import { nearest, parseNetwork } from '#model'
import type { Network } from '#model'

import { anyOf, didYouMean, accept, refuse } from '../complaint.ts'
import type { Outcome } from '../complaint.ts'
import { printable } from '../printable.ts'
import { addressHolder, balancerRefusal } from './address-holder.ts'
import type { KeptLab } from './kept-lab.ts'

/** Where somebody can go in a lab. */
export interface Place {
  /** Its namespace. */
  readonly space: string
  readonly title: string
  /** The title and the addresses there. */
  readonly says: string
}

/** The place that an id, a unique name or `internet` means; or what was probably meant. */
export function findPlace({ plan, network: text }: KeptLab, wanted: string): Outcome<Place> {
  if (wanted.toLowerCase() === 'internet') return outside(plan)
  const network = readBack(text)
  const named = namesakes(network, wanted)
  if (named.length > 1) return ambiguous(wanted, named)
  const stands = (one: string) => seatsOf(plan, one).some(({ at }) => at)
  const held = named.length === 0 && network ? addressHolder(network, wanted, stands) : undefined
  if (held && !held.ok) return plan.publicHosts.includes(wanted) ? hostOutside(wanted) : held
  const id = named[0] ?? held?.value ?? wanted
  const seats = seatsOf(plan, id)
  const [seat] = seats.filter(({ at }) => at)
  if (seat?.at) {
    const title = seat.instanceId ?? seat.interfaceId
    const own = plan.seats.filter((one) => one.at?.space === seat.at?.space)
    const addresses = own.flatMap((one) => one.addresses)
    return accept({ space: seat.at.space, title, says: `${title} (${addresses.join(', ')})` })
  }
  return absent(plan, network, id, seats[0]?.absentBecause?.words)
}

/** Seats of an interface, or of all those of an instance. */
function seatsOf({ seats }: LabPlan, id: string): readonly Seat[] {
  return seats.filter(({ instanceId, interfaceId }) => id === instanceId || id === interfaceId)
}

/** Everything that may be named, the instances first. */
export function placeNames({ seats }: LabPlan): readonly string[] {
  const able = seats.filter(({ at }) => at)
  return [
    ...new Set(able.flatMap(({ instanceId }) => instanceId ?? [])),
    ...able.map(({ interfaceId }) => interfaceId),
    'internet',
  ]
}

function hostOutside(address: string): Outcome<never> {
  const message = `${address} is one of the hosts outside, which share one place: hopwise lab shell internet.`
  return refuse('lab.no-place', message, { candidates: ['internet'] })
}

function outside({ spaces, publicHosts }: LabPlan): Outcome<Place> {
  const space = spaces.find(({ role }) => role === 'internet')
  if (!space) return refuse('lab.no-place', 'this lab has no hosts outside.')
  const says = `the Internet of the lab (${publicHosts.join(', ')})`
  return accept({ space: space.name, title: 'internet', says })
}

function readBack(text: string): Network | undefined {
  const parsed = parseNetwork(JSON.parse(text))
  return parsed.ok ? parsed.network : undefined
}

/** Ids of instances and interfaces that bear the name, unless it is an id itself. */
function namesakes(network: Network | undefined, wanted: string): readonly string[] {
  const { instance = [], networkInterface = [] } = network ?? {}
  const all = [...instance, ...networkInterface]
  if (all.some(({ id }) => id === wanted)) return [wanted]
  const instances = instance.filter(({ name }) => name === wanted)
  // An instance and its interface often bear one name.
  const found = instances.length > 0 ? instances : all.filter(({ name }) => name === wanted)
  return found.map(({ id }) => id)
}

function ambiguous(wanted: string, ids: readonly string[]): Outcome<never> {
  const message = `${ids.length} things are named "${printable(wanted)}": take the id, ${anyOf(ids.slice(0, 5).map(printable))}.`
  return refuse('lab.ambiguous', message, { candidates: ids })
}

/** What is spelt alike, or else what the word is a part of. */
function alike(word: string, known: readonly string[]): readonly string[] {
  const near = nearest(word, known)
  if (near.length > 0 || word.length < 3) return near
  return known.filter((one) => one.includes(word)).slice(0, 3)
}

function absent(
  plan: LabPlan,
  network: Network | undefined,
  id: string,
  because: string | undefined,
): Outcome<never> {
  const reason = because ?? plan.unrealised.find(({ component }) => component.id === id)?.reason
  const { instance = [], loadBalancer = [] } = network ?? {}
  if (network && loadBalancer.some((item) => item.id === id)) {
    return balancerRefusal(network, id, 'this lab has the load balancer')
  }
  const isInstance = instance.some((item) => item.id === id)
  if (reason !== undefined || isInstance) {
    const why = reason ?? 'it has no network interface'
    return refuse('lab.no-place', `${printable(id)} has no place in this lab: ${printable(why)}.`)
  }
  const names = instance.flatMap(({ name }) => name ?? [])
  const all = placeNames(plan)
  const near = alike(id, [...all, ...names])
  const some = `${all.slice(0, 5).join(', ')}${all.length > 5 ? ' …' : ''}`
  const help = near.length > 0 ? didYouMean(near.map(printable)) : ` There is ${printable(some)}.`
  const message = `nothing in this lab is called "${printable(id)}".${help}`
  return refuse('lab.no-place', message, near.length > 0 ? { candidates: near } : {})
}
