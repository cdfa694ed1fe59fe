import { z } from 'zod'

import {
  type Backend,
  type BackendTarget,
  type Frontend,
  type Listener,
  listenerStates,
  type LoadBalancer,
} from '../load-balancer.ts'
import { list, maybe, oneOf, record } from './record.ts'
import { naturalNumber } from './route.ts'
import { boundaryFields } from './service.ts'
import { complain, idOf, ipv4Address, nonEmptyText } from './text.ts'

/** What a program can listen at: no rule's port 0. */
const port = z
  .int({ error: complain('service-port') })
  .min(1, { error: complain('service-port') })
  .max(65_535, { error: complain('service-port') })

const target = record<BackendTarget>()(
  { id: 'BackendTarget' },
  {
    kind: oneOf(['instance', 'networkInterface', 'address']),
    id: nonEmptyText('Whom it hands packets to; of an `address`, the address.'),
  },
)

const backend = record<Backend>()(
  { id: 'Backend', description: 'A server behind a listener.' },
  {
    target,
    port,
    weight: naturalNumber,
    health: maybe(oneOf(['healthy', 'unhealthy'], 'Absent: not known.')),
  },
)

const listener = record<Listener>()(
  { id: 'Listener', description: 'One port of a load balancer.' },
  {
    protocol: oneOf(['tcp', 'udp']),
    port,
    state: oneOf(listenerStates, 'Only `running` takes connections.'),
    backends: list(backend, 'Who gets its connections.'),
    keepsClient: maybe(z.boolean()),
  },
)

const frontend = record<Frontend>()(
  { id: 'Frontend', description: 'One address of a load balancer.' },
  {
    address: ipv4Address,
    subnetId: idOf<'subnet'>('The subnet it is in.'),
    networkInterfaceId: maybe(idOf<'networkInterface'>('The interface that has it.')),
  },
)

export const loadBalancer = record<LoadBalancer>()(
  {
    id: 'LoadBalancer',
    description: 'Hands connections to servers; unread inside without address and listeners.',
  },
  {
    ...boundaryFields,
    subnetId: maybe(idOf<'subnet'>('The subnet of its private address.')),
    address: maybe(ipv4Address),
    frontends: maybe(list(frontend, 'Where it has several addresses, one a zone.')),
    securityGroupIds: maybe(
      list(idOf<'securityGroup'>('Security group id.'), 'Absent: nothing filters it.'),
    ),
    crossZone: maybe(z.boolean()),
    listeners: maybe(list(listener, 'Absent: not read.')),
    everyPort: maybe(list(target, 'Who gets what no listener takes (HA ports of Azure).')),
    outbound: maybe(list(target, 'Whose own connections leave by its addresses (Azure).')),
  },
)
