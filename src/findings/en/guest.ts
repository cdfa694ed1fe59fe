import { sentences } from '../template.ts'

/** What happens inside an instance: its firewall, its sockets, its reverse path filter. */
export const guest = sentences({
  'guest.firewall.egress-deny': {
    say: '{component} does not let {service} from {source} to {destination} out: {rule} of its own firewall stops it',
    advice:
      'Admit it as root inside the instance, and then with the tool that keeps these rules (ufw or firewalld, perhaps) so that it lasts: {command}',
  },
  'guest.firewall.ingress-deny': {
    say: '{component} does not take {service} from {source} to {destination}: {rule} of its own firewall stops it',
    advice:
      'Admit it as root inside the instance, and then with the tool that keeps these rules (ufw or firewalld, perhaps) so that it lasts: {command}',
  },
  'guest.firewall.forward-deny': {
    say: '{component} does not relay {service} from {source} to {destination}: {rule} of its own firewall stops it',
    advice:
      'Admit it as root inside the instance, and then with the tool that keeps these rules (ufw or firewalld, perhaps) so that it lasts: {command}',
  },
  'guest.firewall.undecided': {
    say: 'whether the firewall of {component} admits {service} from {source} to {destination} is not known: {rule} depends on what the input does not say ({because})',
    advice:
      'Send such a packet and see inside the instance whether the counters of {rule} rise: {command}',
  },
  'guest.firewall.translates': {
    say: '{component} gives {service} from {source} to {destination} another address or port by {rule}, and Hopwise does not follow translations inside instances',
    advice:
      'The path is proved up to {component}; ask again from there with the addresses and ports behind the translation.',
  },
  'guest.firewall.unreadable': {
    say: 'the firewall of {component} in the input cannot be read ({problem})',
    advice: 'Put in unchanged what one of these commands prints: {command}',
  },
  'guest.rp-filter': {
    say: '{component} discards packets from {source} to {destination}, because its routes do not lead back to {source} through {device} (rp_filter)',
    advice:
      'Add a policy route back through {device}, or loosen the filter as root inside the instance: sysctl -w net.ipv4.conf.{device}.rp_filter=2',
  },
  'guest.martian-source': {
    say: '{component} discards the packet from {source} to {destination}: {source} is an address of its own, and what comes in from outside with such a source passes for forged',
    advice:
      'Keep packets of {component} from coming back to it: take it out of the route or load balancer that leads back to it, or let another address or instance ask.',
  },
  'guest.not-listening': {
    say: 'no program listens on {service} in {component}',
    advice:
      'Start the service, and check as root inside the instance that it listens: ss -lnp {service|listeners}',
  },
  'guest.listen-wrong-address': {
    say: 'the program that listens on {service} in {component} is bound to {listening} and does not take connections to {address}',
    advice:
      'In its configuration, set the listen address to {address} or to every address, restart it, and check as root: ss -lnp {service|listeners}',
  },
})
