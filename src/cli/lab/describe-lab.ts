import type { LabPlan, Seat } from '#lab'

import { printable } from '../printable.ts'
import type { Paint } from '../report/paint.ts'
import type { LabDocument, SeatDocument } from '../schema/lab-schema.ts'
import { columns } from './columns.ts'
import type { LabLabel } from './kept-lab.ts'
import { labFormat } from './lab-formats.ts'
import { nameOption } from './lab-name.ts'
import { leftOutLines } from './plan-text.ts'
import { listenersText } from './standing-balancers.ts'
import type { StandingBalancer } from './standing-balancers.ts'

/** A lab that has just come up. */
export interface NewLab {
  readonly name: string
  /** The network as it was named. */
  readonly path: string
  readonly label: LabLabel
  readonly plan: LabPlan
  readonly balancers: readonly StandingBalancer[]
  /** Milliseconds. */
  readonly took: number
}

/** More interfaces than these are counted only. */
const MOST_SHOWN = 24

/** What stands and what does not: for people, or as a JSON object. */
export function describeLab(lab: NewLab, asJson: boolean, paint: Paint): string {
  return asJson ? `${JSON.stringify(labJson(lab), undefined, 2)}\n` : labText(lab, paint)
}

function labJson({ name, label, plan, balancers, took }: NewLab): LabDocument {
  return {
    kind: labFormat,
    name,
    ...label,
    milliseconds: took,
    outsideHosts: plan.publicHosts,
    seats: plan.seats.map(seatJson),
    loadBalancers: balancers.map(({ id, vpc, address, listeners }) => ({
      loadBalancer: id,
      vpc,
      address,
      listeners: listeners.map(({ protocol, port, state }) => ({ protocol, port, state })),
    })),
    leftOut: plan.unrealised,
  }
}

function seatJson(seat: Seat): SeatDocument {
  const { interfaceId, instanceId, vpcId, addresses, at, absentBecause } = seat
  return {
    interface: interfaceId,
    ...(instanceId === undefined ? {} : { instance: instanceId }),
    vpc: vpcId,
    addresses,
    stands: at !== undefined,
    ...(absentBecause ? { because: absentBecause } : {}),
  }
}

function labText({ name, path, label, plan, balancers, took }: NewLab, paint: Paint): string {
  const { instances, interfaces, vpcs } = label
  const parts = [
    count(instances, 'instance'),
    count(interfaces, 'interface'),
    count(vpcs, 'VPC'),
    ...(balancers.length > 0 ? [count(balancers.length, 'load balancer')] : []),
    count(plan.publicHosts.length, 'host outside', 'hosts outside'),
  ]
  const head = `Lab ${name} is up: ${parts.join(', ')}, in ${(took / 1000).toFixed(2)} s.`
  const guest = plan.seats.find(({ at, instanceId }) => at && instanceId !== undefined)?.instanceId
  const option = nameOption(name)
  const next = [
    ...(guest === undefined ? [] : [`hopwise lab shell ${guest}${option}`]),
    `hopwise lab verify ${path}${option}`,
    `hopwise lab down${name === 'lab' ? '' : ` ${name}`}`,
  ]
  const blocks = [
    [paint('strong', head)],
    seatLines(plan.seats),
    balancerLines(balancers),
    absentLines(plan.seats),
    plan.publicHosts.length > 0 ? [`Hosts outside: ${plan.publicHosts.join(', ')}`] : [],
    leftOutLines(plan.unrealised),
    ['Next:', ...next.map((command) => paint('strong', `  ${printable(command)}`))],
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function seatLines(seats: readonly Seat[]): readonly string[] {
  const standing = seats.filter(({ at }) => at)
  if (standing.length === 0) return []
  const rows = standing
    .slice(0, MOST_SHOWN)
    .map(({ instanceId = '-', interfaceId, addresses, vpcId }) => [
      instanceId,
      interfaceId,
      vpcId,
      addresses.join(' '),
    ])
  const left = standing.length - rows.length
  const more = left > 0 ? [`  and ${left} more interfaces (--json lists them)`] : []
  return [...columns(['INSTANCE', 'INTERFACE', 'VPC', 'ADDRESSES'], rows), ...more]
}

function balancerLines(balancers: readonly StandingBalancer[]): readonly string[] {
  if (balancers.length === 0) return []
  const rows = balancers
    .slice(0, MOST_SHOWN)
    .map(({ id, vpc, address, listeners }) => [id, vpc, address, listenersText(listeners)])
  const left = balancers.length - rows.length
  const more = left > 0 ? [`  and ${left} more load balancers (--json lists them)`] : []
  return [...columns(['LOAD BALANCER', 'VPC', 'ADDRESS', 'LISTENERS'], rows), ...more]
}

function absentLines(seats: readonly Seat[]): readonly string[] {
  const absent = seats.flatMap(({ interfaceId, absentBecause }) =>
    absentBecause ? [printable(`  ${interfaceId}: ${absentBecause.words}`)] : [],
  )
  const shown = absent.slice(0, MOST_SHOWN)
  const more = absent.length > shown.length ? [`  and ${absent.length - shown.length} more`] : []
  return absent.length === 0 ? [] : ['Carry nothing:', ...shown, ...more]
}

function count(many: number, one: string, several = `${one}s`): string {
  return `${many} ${many === 1 ? one : several}`
}
