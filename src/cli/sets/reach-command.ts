import type { CommandRow } from '../command.ts'
import { language } from '../language-option.ts'
import { network } from '../network-option.ts'

/** `hopwise reach`: what help, reference, completion and the parser know about it. */
export const reachCommand: CommandRow = {
  name: 'reach',
  summary: 'Say who can reach a place, what it can reach, what is exposed, or all of it.',
  details:
    'Asks whole sets at once, there and back, and names for each yes the rules that let it through (--json the routes, too). Everything of the network counts at each of its addresses; the Internet counts by address ranges. What gets through in part, leaves the network or cannot be decided is told apart, and never counts as reachable. One of --to, --from, --exposed and --matrix says which set. Exit codes: 0 something is reachable, 1 nothing is, 2 usage or input error, 3 nothing is for certain, but something in part or perhaps.',
  options: [
    network,
    {
      name: 'to',
      value: 'X',
      says: 'who can reach X: an id, a unique name, an address, or internet',
      completes: 'endpoint',
    },
    {
      name: 'from',
      value: 'X',
      says: 'what X can reach: an id, a unique name, an address, or internet',
      completes: 'endpoint',
    },
    { name: 'exposed', says: 'what the Internet can reach, and from where in it' },
    {
      name: 'matrix',
      says: 'who can reach whom inside the network; equal rows are folded, rules told with --why',
    },
    {
      name: 'protocol',
      value: 'P',
      says: 'tcp, udp, icmp, gre, any, or an IANA number from 0 to 255',
      otherwise: 'any; with --port tcp',
      completes: ['tcp', 'udp', 'icmp', 'gre', 'any'],
    },
    {
      name: 'port',
      value: 'N',
      says: 'destination port, 1 to 65535, with tcp or udp',
      otherwise: 'every port',
    },
    {
      name: 'scope',
      value: 'VPC',
      says: 'VPC id in which X is looked up',
      otherwise: 'the whole network',
      completes: 'vpc',
    },
    { name: 'why', says: 'tell what is not reachable as well, and what stops it' },
    {
      name: 'json',
      says: 'print JSON lines, each as soon as it is known (docs/schema/hopwise.reach.v1.json)',
    },
    { name: 'wide', says: 'do not break lines' },
    language,
  ],
  examples: [
    'npx hopwise reach --network scenarios/first-look/network --to i-db-1 --port 3306',
    'npx hopwise reach --network scenarios/first-look/network --exposed',
  ],
  load: async () => (await import('./reach.ts')).reach,
}
