import { operandUsage } from './command.ts'
import type { CommandRow, OptionRow } from './command.ts'
import { commandTable } from './command-table.ts'

/** The generated page about the command line; `npm run docs` writes it, a test keeps it in step. */
export const cliDocs = { file: 'docs/cli.md', generate: cliDoc } as const

/** The page as Markdown, made from the command table. */
export function cliDoc(): string {
  return [introduction, ...commandTable.map(commandSection), closing].join('\n\n') + '\n'
}

const introduction = `# Command line

Written by \`npm run docs\` from \`src/cli/command-table.ts\`. In a checkout, \`npx hopwise\` runs the
build of this checkout; installed, the command is \`hopwise\`.

\`\`\`
hopwise COMMAND [OPTIONS]
hopwise --help | COMMAND --help
hopwise --version
\`\`\`

| exit code | means |
|---|---|
| 0 | reachable; for other commands: done |
| 1 | unreachable; \`lab verify\`: analyzer and packets disagree |
| 2 | usage or input error, or a machine that cannot run a lab; one message on standard error says what, where, and what to do |
| 3 | undetermined, partial, or leaves the analysed network; \`lab verify\`: nothing could be measured |
| 70 | a bug in Hopwise; \`HOPWISE_DEBUG=1\` prints the stack |

Standard output carries the answer only; progress, warnings and errors go to standard error. Colour
is used on a terminal; \`NO_COLOR\` turns it off, \`FORCE_COLOR\` on. Progress is shown for work longer
than a second if standard error is a terminal and \`CI\` is not set.

**NET** is a Hopwise network file ([\`hopwise.network/v1\`](schema/README.md)), or a file or folder of a cloud's own
JSON: answers of Describe and List calls as the APIs, the aliyun CLI or the aws CLI print them. Content
decides, not the file's name. A folder is read with everything below it (\`*.json\`, \`*.jsonl\`, in the order of their
paths; symbolic links are followed, each folder once). Up to 512 MB are read, UTF-8, nested at most
200 deep.`

const closing = `## Completion

\`\`\`
source <(hopwise completion bash)             # in ~/.bashrc
source <(hopwise completion zsh)              # in ~/.zshrc, after compinit
hopwise completion fish | source              # in config.fish
\`\`\`

Once \`--network\` is on the line, \`--from\`, \`--to\` and \`--scope\` complete ids of that network, if it
is a file or folder of at most 30 MB. \`lab shell\` completes the instances of the lab, \`lab down\` the
labs that are up.`

function commandSection(row: CommandRow): string {
  const { name, summary, details, operand, rest, options, examples } = row
  const usage = [
    `hopwise ${name}`,
    ...(operand ? [operandUsage(operand)] : []),
    ...options.map(usageOf),
    ...(rest ? [`[-- ${rest.name}...]`] : []),
  ]
  return [
    `## hopwise ${name}`,
    `${summary} ${details}`,
    `\`\`\`\n${foldWords(usage, 90).join('\n')}\n\`\`\``,
    ...(options.length > 0 ? [optionTable(options)] : []),
    `\`\`\`sh\n${examples.join('\n')}\n\`\`\``,
  ].join('\n\n')
}

function usageOf({ name, value, required }: OptionRow): string {
  const text = value === undefined ? `--${name}` : `--${name} ${value}`
  return required ? text : `[${text}]`
}

function optionTable(options: readonly OptionRow[]): string {
  const rows = options.map(({ name, value, says, otherwise, required }) => {
    const option = value === undefined ? `\`--${name}\`` : `\`--${name} ${value}\``
    return `| ${option} | ${says} | ${required ? 'required' : (otherwise ?? 'off')} |`
  })
  return ['| option | meaning | without it |', '|---|---|---|', ...rows].join('\n')
}

function foldWords(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(lines.length === 0 ? word : `    ${word}`)
  }
  return lines
}
