import { catalogue } from './catalogue.ts'
import type { FindingCode } from './catalogue.ts'
import { findingCodes } from './finding.ts'
import type { FindingRow } from './finding-row.ts'
import { sampleReason } from './finding-samples.ts'
import { findingSubjects } from './finding-subjects.ts'
import { languageOf } from './languages.ts'
import { otherCodes } from './other-codes.ts'
import { advise, say } from './say.ts'

/** The generated page about every finding; `npm run docs` writes it, a test keeps it in step. */
export const findingsDocs = { file: 'docs/findings.md', generate: findingsDoc } as const

/** The page as Markdown: one table per group of codes. */
export function findingsDoc(): string {
  return [introduction, ...groups.map(groupSection)].join('\n\n') + '\n'
}

/** The tables of the page, in order, by the first word of their codes. */
const groups: readonly { readonly title: string; readonly words: readonly string[] }[] = [
  { title: 'The question and the input', words: ['query'] },
  { title: 'Instance and guest', words: ['instance', 'guest'] },
  { title: 'Interface and address', words: ['eni', 'address', 'eip', 'havip', 'ip'] },
  { title: 'Security groups', words: ['sg'] },
  { title: 'Network ACLs and the platform', words: ['acl', 'policy'] },
  { title: 'Routes', words: ['route'] },
  { title: 'Translation and the Internet', words: ['nat', 'igw', 'ipv6'] },
  {
    title: 'Links between networks',
    words: ['peer', 'classiclink', 'tr', 'vpn', 'line', 'lb', 'service'],
  },
  { title: 'What a verdict takes for granted', words: ['assume'] },
]

const introduction = `# Findings

Every reason that Hopwise may give, written by \`npm run docs\` from the catalogue in
\`src/findings\`. A finding is a code with facts; its sentence and its advice exist in English and
in Simplified Chinese. The sentences below are examples.

**Effect**: *blocks* the packet and makes the path unreachable; *undecides*: something that the
verdict needs is not known; *warns* or *informs* without changing the verdict. Severity is error,
error, warning and info. **Names** is the component that the finding points at. **Hides** lists
consequences that are not shown beside it, where they are about the same component or leg. **Elsewhere** gives the codes of other analyzers for
the same reason: AWS Reachability and Route Analyzer, Google Connectivity Tests, Azure Network
Watcher, Alibaba Cloud NIS.

Commands are written for the aliyun CLI and use the region of its profile. An id that a finding
does not hold is written as \`<…>\` and has to be filled in.`

function groupSection({ title, words }: (typeof groups)[number]): string {
  const rows = findingCodes.filter((code) => words.includes(code.split('.', 1)[0])).map(codeRow)
  return `## ${title}

| code | effect | sentence | what to do | facts | names | hides | elsewhere |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}`
}

function codeRow(code: FindingCode): string {
  const { effect, facts, hides = [] }: FindingRow = catalogue[code]
  const example = sampleReason(code)
  const cells = [
    quote(code),
    effect,
    say(example, 'en'),
    adviceCell(advise(example, 'en')),
    facts.map(quote).join(', '),
    subjectNames(code),
    hides.map(quote).join(', '),
    elsewhere(code),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** A command at the end of the advice is set as code. */
function adviceCell(advice: string): string {
  return advice.replace(
    /: ((?:aliyun|ip|ss|sysctl|iptables(?:-save;)?) .*)$/,
    (_, command: string) => `: ${quote(command)}`,
  )
}

function subjectNames(code: FindingCode): string {
  const { kinds } = languageOf('en').words
  return findingSubjects[code]
    .map((kind) => (kind === 'any' ? 'any component' : kinds[kind]))
    .join(' or ')
}

function elsewhere(code: FindingCode): string {
  const others = otherCodes[code] ?? {}
  const names = [
    ['AWS', others.aws],
    ['Google', others.google],
    ['Azure', others.azure],
    ['NIS', others.nis],
  ] as const
  return names
    .flatMap(([name, theirs]) =>
      theirs === undefined ? [] : `${name} ${theirs.map(quote).join(', ')}`,
    )
    .join('; ')
}

function quote(text: string): string {
  return `\`${text}\``
}
