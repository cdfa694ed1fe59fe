import { z } from 'zod'

import { type Backend, type Listener, listenerStates, type LoadBalancer } from '../load-balancer.ts'
import { list, maybe, oneOf, record } from './record.ts'
import { naturalNumber } from './route.ts'
import { boundaryFields } from './service.ts'
import { complain, idOf, ipv4Address, nonEmptyText } from './text.ts'

/** What a program can listen at: no rule's port 0. */
const port = z
  .int({ error: complain('service-port') })
  .min(1, { error: complain('service-port') })
  .max(65_535, { error: complain('service-port') })

const target = record<Backend['target']>()(
  { id: 'BackendTarget' },
  { kind: oneOf(['instance', 'networkInterface']), id: nonEmptyText('Whom it hands packets to.') },
)

const backend = record<Backend>()(
  { id: 'Backend', description: 'A server behind a listener.' },
  {
    target,
    port,
    weight: naturalNumber,
  },
)

const listener = record<Listener>()(
  { id: 'Listener', description: 'One port of a load balancer.' },
  {
    protocol: oneOf(['tcp', 'udp']),
    port,
    state: oneOf(listenerStates, 'Only `running` takes connections.'),
    backends: list(backend, 'Who gets its connections.'),
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
    listeners: maybe(list(listener, 'Absent: not read.')),
  },
)
