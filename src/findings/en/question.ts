import { sentences } from '../template.ts'

/** The question, the input, and what a verdict takes for granted. */
export const question = sentences({
  'query.same-endpoint': {
    say: '{component} is both the source and the destination',
    advice: 'Ask again with two different endpoints.',
  },
  'query.non-routable-address': {
    say: '{address} is a loopback, link-local, multicast or reserved address, to which no route leads',
    advice: 'Ask about the unicast address of an instance or network interface.',
  },
  'query.no-common-ip-version': {
    say: '{source} and {destination} have no IP version in common',
    advice:
      'Give the end that has only IPv4 an IPv6 address, or ask about two addresses of one version.',
  },
  'query.unsupported-feature': {
    say: '{component} depends on {feature}, which Hopwise does not analyse',
    advice: 'The path is proved up to {component}; try a real connection for the rest.',
  },
  'query.input-missing': {
    say: '{component} cannot be judged: {missing} was not read completely',
    advice: 'Add the output of this call to the input and ask again: {call}',
  },
  'query.branches-cut': {
    say: 'only {walked} branches were walked, because the limit is {limit}',
    advice: 'Narrow the question to one source address, one destination address and one port.',
  },
  'query.parts-untold': {
    say: 'the question falls into {parts} parts, and {explained} of them are explained in full',
    advice: 'Ask again about one protocol or fewer ports to see the others.',
  },
  'assume.guest-accepts': {
    say: '{component} accepts {service}: its own firewall admits it and a program answers',
    advice: 'To confirm, list listeners and firewall rules inside it: ss -lntu; nft list ruleset',
  },
  'assume.guest-policy-routing': {
    say: '{component} sends packets from {source} through the network interface that owns this address',
    advice: 'To confirm, list its policy rules and routes: ip rule; ip route show table all',
  },
  'assume.acl-same-subnet': {
    say: 'no network ACL filters traffic between network interfaces of vSwitch {subnet}',
    advice: 'To confirm, try one connection between two instances of {subnet}.',
  },
  'assume.outside-answers': {
    say: 'the host {address} on the Internet accepts the packets and answers',
    advice: 'To confirm, try the same connection from a network outside this cloud.',
  },
  'assume.service-answers': {
    say: 'the cloud service at {address} is running and its allowlist admits the source',
    advice: 'To confirm, check the state and the IP allowlist of the service in its console.',
  },
  'assume.guest-classic-route': {
    say: '{component} has a route to {destination} through its intranet NIC',
    advice: 'To confirm, ask its kernel: ip route get {destination}',
  },
  'assume.ephemeral-ports': {
    say: 'the client picks its source port from {ports}',
    advice: 'If it uses another port, ask again with that source port.',
  },
})
