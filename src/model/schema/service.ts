import type { Boundary, CloudService, ServiceEndpoint } from '../service.ts'
import { portInterval } from './filter.ts'
import { list, maybe, oneOf, record } from './record.ts'
import { plainResourceFields } from './resource.ts'
import { cidr, idOf, text } from './text.ts'

export const cloudService = record<CloudService>()(
  { id: 'CloudService', description: "A provider's own service at an intranet address." },
  {
    ...plainResourceFields,
    cidrs: list(cidr, 'Addresses it answers at.'),
    vpcId: maybe(idOf<'vpc'>('Absent: every VPC of the region reaches it.')),
    ports: maybe(list(portInterval, 'Absent: every port.')),
  },
)

/** What is said of every component whose inside may be unread. */
export const boundaryFields = {
  ...plainResourceFields,
  vpcId: maybe(idOf<'vpc'>('The VPC it belongs to.')),
  state: maybe(text("The provider's word.")),
}

export const boundary = record<Boundary>()(
  { id: 'Boundary', description: 'A component behind which a packet leaves the model.' },
  boundaryFields,
)

export const serviceEndpoint = record<ServiceEndpoint>()(
  { id: 'ServiceEndpoint', description: 'A private way to a service.' },
  {
    ...boundaryFields,
    type: maybe(oneOf(['interface', 'gateway', 'gatewayLoadBalancer'])),
    service: maybe(text("The provider's name of the service.")),
    networkInterfaceIds: maybe(
      list(idOf<'networkInterface'>('Interface id.'), 'Of an `interface` endpoint.'),
    ),
    prefixListId: maybe(idOf<'prefixList'>('Addresses behind a `gateway` endpoint.')),
  },
)
