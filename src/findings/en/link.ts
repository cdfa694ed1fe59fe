import { sentences } from '../template.ts'

/** Links between networks, and components whose inside is not analysed. */
export const link = sentences({
  'peer.absent': {
    say: 'VPC {from} and VPC {to} are not connected',
    advice:
      'In the VPC console, create a VPC peering connection between {from} and {to}, then add a route to it on both sides.',
  },
  'peer.bad-state': {
    say: '{component} is {state} and carries no packets',
    advice:
      'Open {component-id} in the VPC console and accept or activate it; a router interface must also be connected to an opposite one that is active. If it was rejected or has expired, create it anew.',
  },
  'peer.access-off': {
    say: '{component} carries nothing: one of its sides does not allow access to the other network',
    advice:
      'In the settings of the peering, on both sides, allow the virtual network to reach the peered one.',
  },
  'peer.forwarded-refused': {
    say: '{component} does not take packets from {source}, which is no address of VPC {vpc}',
    advice:
      'On the receiving side of {component-id}, allow traffic that is forwarded from the peered network.',
  },
  'peer.not-transitive': {
    say: '{component} delivers only inside VPC {vpc}, and {destination} is in none of its vSwitches',
    advice:
      'Connect the network of {destination} directly, or join both through a transit router (CEN).',
  },
  'peer.cidr-overlap': {
    say: '{destination} exists on both sides of {component}, also in VPC {vpc}',
    advice: 'Renumber one side, or translate its addresses with a VPC NAT gateway.',
  },
  'classiclink.absent': {
    say: 'no ClassicLink connects {source} with {destination}',
    advice:
      'In the VPC console, enable ClassicLink for the VPC; then, in the ECS console, link the classic instance to it.',
  },
  'classiclink.outside-primary': {
    say: '{address} is outside the primary CIDR block of VPC {vpc}, and ClassicLink reaches nothing else',
    advice: 'Move the instance to a vSwitch in the primary CIDR block of {vpc}.',
  },
  'classiclink.subnet-not-covered': {
    say: '{address} is in a vSwitch of VPC {vpc} outside 10.111.0.0/16, and ClassicLink reaches nothing else there',
    advice: 'Move the instance to a vSwitch inside 10.111.0.0/16.',
  },
  'tr.attachment-bad-state': {
    say: 'the attachment {attachment} of {component} is {state} and carries no packets',
    advice: 'Accept or repair the attachment {attachment}; if it is gone, create it anew.',
  },
  'tr.no-association': {
    say: 'the attachment {attachment} of {component} is associated with no route table',
    advice: 'Associate {attachment} with a route table of {component-id}.',
  },
  'tr.no-route': {
    say: 'route table {table} of {component} has no route to {destination}',
    advice:
      'Let the attachment that leads to {destination} propagate its routes to {table}, or add a static route to it there.',
  },
  'tr.blackhole': {
    say: 'route table {table} of {component} drops packets to {destination} on purpose (black hole)',
    advice: 'Replace the black hole in {table} by a route to an attachment.',
  },
  'tr.zone-restriction': {
    say: '{component} cannot be reached from zone {zone}: the attachment {attachment} has no subnet there',
    advice: 'Add a subnet of zone {zone} to the attachment {attachment}.',
  },
  'tr.routes-unreadable': {
    say: 'route table {table} of {component} lists no route to {destination}, but also learns routes that were not read',
    advice:
      'Read the routes that {table} has learned, and check that the far side of the line announces {destination}.',
  },
  'vpn.internal-route': {
    say: '{component} knows no way to {destination}: none of its lines has a route there, and they use static routes only',
    advice: 'Add a route for {destination} to the line that leads there.',
  },
  'tr.unsupported-attachment': {
    say: '{component} takes over packets to {destination}, and its inside is not analysed',
    advice:
      'Check association, route propagation and routes of {component-id} in the CEN console, then try a real connection.',
  },
  'vpn.leaves-model': {
    say: '{component} carries packets to {destination} out of the analysed network',
    advice:
      'Check that its IPsec tunnel is up, that its routes cover {destination}, and that the far side routes back.',
  },
  'line.leaves-model': {
    say: '{component} hands packets to {destination} over to the network at the far end of the line',
    advice:
      'Check the line and its BGP session, and that the far side routes and admits the packets.',
  },
  'lb.bad-state': {
    say: '{component} is {state} and takes no connections',
    advice: 'Open {component-id} in the SLB console and start it, or renew it if it is locked.',
  },
  'lb.no-listener': {
    say: '{component} has no running listener for {service} at {address}',
    advice:
      'In the SLB console, add a listener for {service} to {component-id}, or start the one that is stopped.',
  },
  'lb.listener-no-backend': {
    say: 'the listener of {component} for {service} has no backend with a weight above 0',
    advice: 'In the SLB console, add a backend server to {component-id} or give one a weight.',
  },
  'lb.return-bypass': {
    say: 'the reply from {source} to {destination} leaves by another interface than the one {component} handed the request to, and is lost',
    advice:
      'Inside the backend, add a policy route so that replies from {source} leave by the interface that has this address.',
  },
  'lb.backends-partial': {
    say: '{failing} of {branches} ways through {component} fail',
    advice:
      'Repair the backends behind the failing ways, or set their weight to 0 in the SLB console.',
  },
  'lb.not-analysed': {
    say: '{component} receives packets for {address}, and its listeners and backends are not analysed',
    advice:
      'Check its listener and health checks in the SLB console, and ask about one of its backend instances.',
  },
  'lb.echo-not-analysed': {
    say: '{component} has {address}, and whether that address answers an echo is up to the provider',
    advice: 'Ask about a TCP or UDP port of one of its listeners.',
  },
  'service.unknown': {
    say: '{address} is a cloud service address (100.64.0.0/10) of no service in the input',
    advice:
      'Add the service and its address range to the input, or try a real connection to {address}.',
  },
})
