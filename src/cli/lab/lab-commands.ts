// table: every command about labs, its options, examples and exit codes
import type { CommandRow, OperandRow, OptionRow } from '../command.ts'
import { language } from '../language-option.ts'

const network = {
  kind: 'text',
  name: 'NET',
  says: "the network: a Hopwise file, or a file or folder of a cloud's own JSON",
  completes: 'file',
} as const satisfies OperandRow

const name: OptionRow = {
  name: 'name',
  value: 'NAME',
  says: 'name of the lab: several may be up side by side',
  otherwise: 'lab',
  completes: 'lab',
}

const needs =
  'Needs Linux with nftables and iproute2; root is not needed where user namespaces are allowed.'

/** The commands of the group `lab`, in the order of the help text. */
export const labCommands: readonly CommandRow[] = [
  {
    name: 'lab up',
    summary: 'Make a network real on this machine, in Linux namespaces.',
    details: `Every instance becomes a namespace, every cable, route and rule the kernel's own; real packets run through it, and none can leave it. It stays until "hopwise lab down". An instance whose sockets were not seen answers on every port that something names. What has no place in a lab is listed with its reason. ${needs} Exit codes: 0 it stands, 2 usage or input error, or a machine that cannot hold it.`,
    operand: network,
    options: [
      { ...name, completes: [] },
      { name: 'dry-run', says: 'print the plan, each line with the resource it stands for' },
      {
        name: 'json',
        says: 'print one JSON object (docs/schema/hopwise.lab.v1.json); with --dry-run the plan (hopwise.lab-plan.v1.json)',
      },
    ],
    examples: [
      'npx hopwise lab up scenarios/first-look/network',
      'npx hopwise lab up scenarios/two-vpcs-peering/network.json --dry-run',
    ],
    load: async () => (await import('./lab-up.ts')).labUp,
  },
  {
    name: 'lab verify',
    summary: 'Ask the analyzer and real packets the same questions, and compare.',
    details: `Compares the verdict, the rule that decided, and the stops on the way. Uses the lab of that name if it holds the same network, else brings one up and ends it again. Without --questions it asks by itself: each instance to each other one and to and from the Internet, on the services that rules, DNAT entries and sockets name, on one that none names, and by ICMP. What cannot be measured is counted and named, never taken for agreement. ${needs} Exit codes: 0 nothing disagrees, 1 something disagrees, 2 usage or input error, or a machine that cannot run a lab, 3 nothing could be measured.`,
    operand: { ...network, otherwise: 'that of the lab' },
    options: [
      name,
      {
        name: 'questions',
        value: 'FILE',
        says: 'JSON lines as for query; - reads standard input',
        otherwise: 'those that the network raises',
        completes: 'file',
      },
      { name: 'json', says: 'print one JSON object (docs/schema/hopwise.verification.v1.json)' },
      language,
    ],
    examples: [
      'npx hopwise lab verify scenarios/first-look/network',
      `echo '{"from":"i-web-1","to":"i-db-1","protocol":"tcp","port":3306}' | npx hopwise lab verify scenarios/first-look/network --questions -`,
    ],
    load: async () => (await import('./lab-verify.ts')).labVerify,
  },
  {
    name: 'lab shell',
    summary: 'Open a shell inside an instance of a lab, or run one command there.',
    details:
      'The programs are those of this machine; addresses, routes, firewall and neighbours are those of the instance. An address stands for the one instance that has it, be it private or an EIP; "internet" is the place of the hosts outside. With words after --, runs them and ends with their exit code; without, ends with that of the shell. Exit code 2 also: usage error, or no such lab or instance.',
    operand: {
      kind: 'text',
      name: 'INSTANCE',
      says: 'an id, a unique name, a network interface, an address that only one has, or internet',
      completes: 'inhabitant',
    },
    rest: { name: 'COMMAND', says: 'what to run instead of a shell' },
    options: [name],
    examples: [
      'npx hopwise lab shell i-web-1 -- ip route',
      'npx hopwise lab shell i-web-1 -- ping -c 1 -W 1 10.0.2.20',
    ],
    load: async () => (await import('./lab-shell.ts')).labShell,
  },
  {
    name: 'lab list',
    summary: 'List the labs that are up, and clear away what killed runs have left.',
    details: 'Lists the labs of this user. Exit codes: 0 listed, 2 usage error.',
    options: [{ name: 'json', says: 'print one JSON object (docs/schema/hopwise.labs.v1.json)' }],
    examples: ['npx hopwise lab list', 'npx hopwise lab list --json'],
    load: async () => (await import('./lab-list.ts')).labList,
  },
  {
    name: 'lab down',
    summary: 'End a lab; nothing of it stays.',
    details:
      'Ends the process that holds it, and whatever still runs inside; the kernel takes the rest away. A lab that is not up is no error. Exit codes: 0 it is down, 2 usage error, or it could not be ended.',
    operand: {
      kind: 'text',
      name: 'NAME',
      says: 'name of the lab',
      otherwise: 'lab',
      completes: 'lab',
    },
    options: [
      { ...name, says: 'the same as NAME' },
      { name: 'all', says: 'end every lab that was left standing' },
    ],
    examples: ['npx hopwise lab down', 'npx hopwise lab down --all'],
    load: async () => (await import('./lab-down.ts')).labDown,
  },
]
