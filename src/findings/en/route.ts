import { sentences } from '../template.ts'

/** Routes and next hops. */
export const route = sentences({
  'route.none': {
    say: '{component} has no route to {destination} for packets from {source}',
    advice:
      'Open {component-id} in the VPC console and add a custom route to {destination|cidr} whose next hop leads there.',
  },
  'route.return.none': {
    say: '{component} has no route back to {destination} for replies from {source}',
    advice:
      'Open {component-id} in the VPC console and add a custom route back to {destination|cidr}.',
  },
  'route.inactive': {
    say: '{component} leads to {destination} by {rule}, which is not active ({state})',
    advice:
      'Wait until it is Available, or repair its next hop; both are listed by: aliyun vpc DescribeRouteEntryList --RouteTableId {component-id}',
  },
  'route.blackhole': {
    say: '{component} discards packets to {destination}: {rule} is a blackhole',
    advice:
      'Open {component-id} in the VPC console and give {rule} a next hop that exists, or delete it.',
  },
  'route.next-hop-unresolved': {
    say: '{component} sends packets to {destination} to next hop {target}, which does not exist in this VPC',
    advice: 'Open {component-id} in the VPC console and change the next hop of {rule}.',
  },
  'route.next-hop-down': {
    say: '{component} sends packets to {destination} to next hop {target}, which is {state}',
    advice:
      'Bring {target} back into service, or open {component-id} in the VPC console and change the next hop of {rule}.',
  },
  'route.loop': {
    say: 'packets to {destination} go round in a circle: {cycle}',
    advice: 'Change the next hop for {destination} in one of the route tables on this circle.',
  },
  'route.too-long': {
    say: 'packets to {destination} have not arrived after {limit} hops',
    advice: 'Look in the path for a next hop that leads back, and change that route.',
  },
  'route.return.asymmetric': {
    say: 'the reply comes back another way ({return}) than the request went ({forward})',
    advice:
      'If a firewall or an instance on either way keeps connection state, route both directions through the same next hop.',
  },
  'route.ecmp-partial': {
    say: '{failing} of {branches} equal-cost branches of {component} fail',
    advice: 'Repair the next hops of the failing branches, or take them out of the route.',
  },
})
