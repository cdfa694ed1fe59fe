// table: every command, its options, examples and exit codes
import type { CommandRow } from './command.ts'
import { labCommands } from './lab/lab-commands.ts'
import { language } from './language-option.ts'
import { network } from './network-option.ts'
import { reachCommand } from './sets/reach-command.ts'

/** Every command, in the order of the help text. */
export const commandTable: readonly CommandRow[] = [
  {
    name: 'diagnose',
    summary: 'Say whether A can reach B, and if not, what stops it and how to open it.',
    details:
      'Prints a report: the verdict in a sentence, the path there and back, the findings with their fix, and what the verdict takes for granted. Two names are asked over IPv4 if both have it: to ask over IPv6, name one end by an IPv6 address. Exit codes: 0 reachable, 1 unreachable, 2 usage or input error, 3 undetermined, partial, or leaves the analysed network.',
    options: [
      network,
      {
        name: 'from',
        value: 'A',
        says: 'source: an id, a unique name, an address, or internet',
        required: true,
        completes: 'endpoint',
      },
      {
        name: 'to',
        value: 'B',
        says: 'destination: an id, a unique name, an address, or internet',
        required: true,
        completes: 'endpoint',
      },
      {
        name: 'protocol',
        value: 'P',
        says: 'tcp, udp, icmp, gre, any, or an IANA number from 0 to 255',
        otherwise: 'tcp',
        completes: ['tcp', 'udp', 'icmp', 'gre', 'any'],
      },
      {
        name: 'port',
        value: 'N',
        says: 'destination port, 1 to 65535, with tcp or udp',
        otherwise: 'every port',
      },
      {
        name: 'source-port',
        value: 'N',
        says: 'source port, 1 to 65535, with tcp or udp',
        otherwise: 'the ephemeral ports 1024 to 65535',
      },
      {
        name: 'scope',
        value: 'VPC',
        says: 'VPC id in which names and addresses are looked up',
        otherwise: 'the whole network',
        completes: 'vpc',
      },
      { name: 'json', says: 'print one JSON object (docs/schema/hopwise.answer.v1.json)' },
      {
        name: 'wide',
        says: 'do not break lines; add rules, finding codes and stages that were not asked',
      },
      {
        name: 'trace',
        says: 'show every stage with its component, and the evidence of every finding',
      },
      language,
    ],
    examples: [
      'npx hopwise diagnose --network scenarios/first-look/network --from i-web-1 --to i-db-1 --port 3306',
      'npx hopwise diagnose --network scenarios/first-look/network --from i-web-1 --to internet --port 443 --json',
    ],
    load: async () => (await import('./diagnose.ts')).diagnose,
  },
  {
    name: 'query',
    summary: 'Answer many questions, one JSON line each, in their order.',
    details:
      'Reads questions as JSON lines, {"id"?, "from", "to", "protocol", "port"?, "sourcePort"?, "scope"?}, and prints one answer a line: codes and facts, and with --messages the sentences too. A line that is no question, or has a field beside these, gets a line {"kind", "id"?, "error"} in its place and the others are answered. Lines may be 1 MB long; blank lines are passed over. Exit codes: 0 all lines were read (even if some could not be asked), 2 usage or input error, 70 all lines were read, and a bug in Hopwise left some without an answer.',
    options: [
      network,
      {
        name: 'questions',
        value: 'FILE',
        says: 'JSON lines; - reads standard input',
        required: true,
        completes: 'file',
      },
      { name: 'verdict-only', says: 'print only {"id", "verdict"}; much faster' },
      {
        name: 'messages',
        says: 'add summary, message and advice, as diagnose --json does; several times slower',
      },
      { ...language, says: 'language of --messages: en or zh-CN' },
    ],
    examples: [
      `echo '{"id":"q1","from":"i-web-1","to":"i-db-1","protocol":"tcp","port":3306}' | npx hopwise query --network scenarios/first-look/network --questions -`,
      `echo '{"from":"i-web-1","to":"internet","protocol":"any"}' | npx hopwise query --network scenarios/first-look/network --questions - --verdict-only`,
    ],
    load: async () => (await import('./query.ts')).query,
  },
  reachCommand,
  {
    name: 'import',
    summary: "Turn a cloud's own JSON into one Hopwise network file.",
    details:
      'Reads answers of the Describe and List calls, alone, in pages or collected, from a file or from every .json and .jsonl file below a folder. What could not be read is listed on standard error and recorded in the file as a gap. Exit codes: 0 written, 2 usage or input error.',
    operand: { kind: 'choice', name: 'PROVIDER', words: ['alibaba', 'aws', 'azure'] },
    options: [
      {
        name: 'dir',
        value: 'DIR',
        says: 'folder or file to read',
        required: true,
        completes: 'file',
      },
      {
        name: 'out',
        value: 'FILE',
        says: 'network file to write; - prints it',
        required: true,
        completes: 'file',
      },
      { name: 'force', says: 'replace FILE if it exists' },
    ],
    examples: [
      'npx hopwise import alibaba --dir scenarios/first-look/network --out -',
      'npx hopwise import alibaba --dir scenarios/first-look/network --out first-look.json --force',
    ],
    load: async () => (await import('./import-network.ts')).importNetwork,
  },
  ...labCommands,
  {
    name: 'completion',
    summary: 'Print the script that lets a shell complete hopwise commands.',
    details:
      'Completes commands, options, their words, and, once --network is given, ids of that network. Exit codes: 0 printed, 2 usage error.',
    operand: { kind: 'choice', name: 'SHELL', words: ['bash', 'zsh', 'fish'] },
    options: [],
    examples: ['source <(npx hopwise completion bash)', 'npx hopwise completion fish'],
    load: async () => (await import('./completion/print-completion.ts')).printCompletion,
  },
]

/** Commands that have a second word, by their first. */
export const commandGroups: Readonly<Record<string, string>> = {
  lab: 'Make a network real on this machine, in namespaces, and hold answers against packets.',
}

/** The command of that name. */
export function findCommand(name: string | undefined): CommandRow | undefined {
  return commandTable.find((command) => command.name === name)
}

/** The command that a command line begins with, after options: of one word, or of two. */
export function commandIn(argv: readonly string[]): CommandRow | undefined {
  const [first, second] = argv.filter((argument) => !argument.startsWith('-'))
  return findCommand(`${first} ${second}`) ?? findCommand(first)
}

/** Names of the commands of a group, without its own word. */
export function commandsOf(group: string): readonly string[] {
  return commandTable.flatMap(({ name }) =>
    name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : [],
  )
}
