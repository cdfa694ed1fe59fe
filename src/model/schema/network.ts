import { z } from 'zod'

import { gapKinds, networkFormat } from '../network.ts'
import type { Gap, Network, ResourceArrays } from '../network.ts'
import { networkAcl, prefixList, securityGroup } from './filter.ts'
import { internetGateway, natGateway, peering, publicAddress, routerInterface } from './gateway.ts'
import { guest } from './guest.ts'
import { instance, networkInterface } from './instance.ts'
import { loadBalancer } from './load-balancer.ts'
import { maybe, oneOf, record } from './record.ts'
import { provider } from './resource.ts'
import { routeTable } from './route.ts'
import { boundary, cloudService, serviceEndpoint } from './service.ts'
import { complain, nonEmptyText, text } from './text.ts'
import { line, transitRouter } from './transit.ts'
import { haVip, subnet, vpc } from './vpc.ts'

const gap = record<Gap>()(
  { id: 'Gap', description: 'Something that the file does not say although it may matter.' },
  {
    kind: oneOf(gapKinds),
    provider,
    account: maybe(text('Absent: every account.')),
    region: maybe(text('Absent: every region.')),
    id: maybe(nonEmptyText('The one resource that was not read; absent: the whole kind.')),
    call: text("The provider's call that supplies it."),
  },
)

/** The item schema of each array of a network file. */
export const itemSchemas = {
  vpc,
  subnet,
  instance,
  networkInterface,
  securityGroup,
  networkAcl,
  routeTable,
  publicAddress,
  natGateway,
  internetGateway,
  peering,
  routerInterface,
  transitRouter,
  vpnGateway: boundary,
  line,
  loadBalancer,
  prefixList,
  haVip,
  endpoint: serviceEndpoint,
  cloudService,
  bastion: boundary,
  applicationGateway: boundary,
  scaleSet: boundary,
  guests: guest,
  gaps: gap,
} as const satisfies Record<ListName, z.ZodType>

/** The name of an array in a network file. */
export type ListName = keyof ResourceArrays | 'guests' | 'gaps'

/** The fields of a network file that are not arrays. */
export const headFields = {
  kind: z.literal(networkFormat, { error: complain('format') }),
  capturedAt: maybe(z.iso.datetime({ error: complain('time') })),
}

/** The whole file, for the published schema; `check-shape.ts` checks it piece by piece. */
export const network = record<Network>()(
  {
    title: 'Hopwise network file',
    description: 'A cloud network as facts. Absent arrays are empty unless `gaps` says otherwise.',
  },
  {
    ...headFields,
    vpc: maybe(z.array(vpc)),
    subnet: maybe(z.array(subnet)),
    instance: maybe(z.array(instance)),
    networkInterface: maybe(z.array(networkInterface)),
    securityGroup: maybe(z.array(securityGroup)),
    networkAcl: maybe(z.array(networkAcl)),
    routeTable: maybe(z.array(routeTable)),
    publicAddress: maybe(z.array(publicAddress)),
    natGateway: maybe(z.array(natGateway)),
    internetGateway: maybe(z.array(internetGateway)),
    peering: maybe(z.array(peering)),
    routerInterface: maybe(z.array(routerInterface)),
    transitRouter: maybe(z.array(transitRouter)),
    vpnGateway: maybe(z.array(boundary)),
    line: maybe(z.array(line)),
    loadBalancer: maybe(z.array(loadBalancer)),
    prefixList: maybe(z.array(prefixList)),
    haVip: maybe(z.array(haVip)),
    endpoint: maybe(z.array(serviceEndpoint)),
    cloudService: maybe(z.array(cloudService)),
    bastion: maybe(z.array(boundary)),
    applicationGateway: maybe(z.array(boundary)),
    scaleSet: maybe(z.array(boundary)),
    guests: maybe(z.array(guest)),
    gaps: maybe(z.array(gap)),
  },
)
