import { home, type Sketch, toNetwork } from '#conformance'
import type { Network } from '#model'
import {
  addAcl,
  addEip,
  addInstance,
  addSubnet,
  admit,
  entry,
  tinySketch,
} from '../oracle/tiny-network.ts'

type Balancer = Sketch['loadBalancer'][number]
type Listener = NonNullable<Balancer['listeners']>[number]
type Backend = Listener['backends'][number]

/** A network made from `tinySketch`. */
export function networkOf(...changes: readonly ((sketch: Sketch) => void)[]): Network {
  const sketch = tinySketch()
  for (const change of changes) change(sketch)
  return toNetwork(sketch)
}

/** Load balancer `lb-1`, in vsw-1 of vpc-1 at 10.1.1.100, with these listeners. */
export function addBalancer(sketch: Sketch, ...listeners: readonly Listener[]): Balancer {
  const balancer: Balancer = {
    ...home,
    id: `lb-${sketch.loadBalancer.length + 1}`,
    vpcId: 'vpc-1',
    subnetId: 'vsw-1',
    address: '10.1.1.100',
    state: 'Active',
    listeners: [...listeners],
  }
  sketch.loadBalancer.push(balancer)
  return balancer
}

/** A running listener of TCP. */
export function listener(port: number, ...backends: readonly Backend[]): Listener {
  return { protocol: 'tcp', port, state: 'running', backends: [...backends] }
}

/** An instance `i-…`, or an interface `eni-…`, behind a listener. */
export function backend(id: string, port: number, weight = 100): Backend {
  const kind = id.startsWith('i-') ? 'instance' : 'networkInterface'
  return { target: { kind, id }, port, weight }
}

/** A list that admits everything. */
export const openAcl = [entry('accept')]

/** Gives a vSwitch a list that admits nobody, either way. */
export function closeAcl(sketch: Sketch, subnetId: string): void {
  addAcl(sketch, subnetId, [], [])
}

/** vpc-3 has the ranges of vpc-1: i-a3 and i-b3 where i-a and i-b are, lb-2 where lb-1 is. */
export function addTwin(sketch: Sketch): void {
  const vpcId = 'vpc-3'
  const common = { ...home, vpcId } as const
  sketch.vpc.push({ ...home, id: vpcId, cidrs: ['10.1.0.0/16'] })
  sketch.routeTable.push({ ...common, id: 'rtb-3', type: 'system', routes: [] })
  const group = { id: 'sg-3', type: 'basic', intraGroup: 'drop', rules: [admit('in')] } as const
  sketch.securityGroup.push({ ...common, ...group, rules: [admit('in')] })
  addSubnet(sketch, 'vsw-3', vpcId, '10.1.1.0/24')
  addInstance(sketch, 'a3', 'vsw-3', '10.1.1.11')
  addInstance(sketch, 'b3', 'vsw-3', '10.1.1.12')
  Object.assign(addBalancer(sketch, listener(80, backend('i-b3', 80))), {
    vpcId,
    subnetId: 'vsw-3',
  })
}

/** What decision 0010 expects of real packets, worked out by hand. */
export interface BalancerCase {
  readonly point: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
  readonly title: string
  readonly change: (sketch: Sketch) => void
  /**
   * Question of `ask` → the stops of the way there, of which those of the way back are the reverse;
   * or leg, finding and component of what stops it.
   */
  readonly expect: Readonly<Record<string, string>>
}

/** Where lb-1 is, what its EIP is, and a host on the Internet. */
export const at = '10.1.1.100'
export const eip = '47.1.0.8'
export const outside = '203.0.113.9'

/** 0.0.0.0/0 admitted but for one host. */
export function allBut(host: string) {
  return [entry('drop', 0, 65535, `${host}/32`), entry('accept')]
}

/** lb-1 in front of i-b (vsw-1) at TCP 80, of i-c (vsw-2) at TCP 81. */
export function simple(s: Sketch) {
  return addBalancer(s, listener(80, backend('i-b', 8080)), listener(81, backend('i-c', 8081)))
}

export function withEip(s: Sketch): void {
  simple(s)
  addEip(s, eip, { kind: 'loadBalancer', id: 'lb-1' })
}
