import type { Verdict } from '#model'
import { type AlibabaSemantic, alibabaSemantics } from './alibaba/semantics.ts'
import type { SemanticRow } from './semantic.ts'

/** A question of `scenarios/` whose verdict needs one semantic: what it is with it, and without. */
export interface SemanticWitness {
  readonly scenario: string
  readonly question: string
  readonly on: Verdict
  readonly off: Verdict
}

/** Witnesses by the semantic that they need. */
export type SemanticWitnesses = ReadonlyMap<AlibabaSemantic, SemanticWitness>

/**
 * The generated page about every packet semantic, as Markdown: one table per group of ids.
 * Witnesses come from the caller, because this room reads no files; without them the tables lack
 * that column. `npm run docs` writes it, a test keeps it in step.
 */
export function semanticsDoc(witnesses?: SemanticWitnesses): string {
  const sections = groups.map((group) => groupSection(group, witnesses))
  return [introduction, ...sections].join('\n\n') + '\n'
}

interface Group {
  readonly title: string
  /** First words of the ids. */
  readonly words: readonly string[]
}

const groups: readonly Group[] = [
  { title: 'Security groups and the platform', words: ['sg'] },
  { title: 'Network ACLs', words: ['acl'] },
  { title: 'Interfaces, instances and guests', words: ['eni', 'instance', 'guest', 'havip'] },
  { title: 'Routes', words: ['route'] },
  { title: 'The Internet and public addresses', words: ['internet', 'eip', 'ipv6'] },
  { title: 'NAT gateways', words: ['nat'] },
  { title: 'Load balancers', words: ['lb'] },
  {
    title: 'Links between networks',
    words: ['peer', 'router-interface', 'classic', 'classiclink'],
  },
]

const introduction = `# Packet semantics

What Alibaba Cloud does to a packet, rule by rule, as Hopwise has it; written by \`npm run docs\` from
the table in \`src/fabric/alibaba/semantics.ts\`. Each rule can be switched off in a test. **Source**
names the document it was taken from: see [sources](sources.md) and [decisions](decisions/README.md).
**Seen in** is a question of [scenarios](../scenarios/README.md) whose verdict changes when the rule is
switched off: the verdict with the rule, then without. \`npm run semantics\` looks for one for each
rule, and a rule without one fails the proof.`

function groupSection({ title, words }: Group, witnesses: SemanticWitnesses | undefined): string {
  const head = ['id', 'what it says', 'source', ...(witnesses ? ['seen in'] : [])]
  const rows = idsOf(words).map((id) => semanticCells(id, witnesses))
  const lines = [head, head.map(() => '---'), ...rows].map(tableLine)
  return `## ${title}\n\n${lines.join('\n')}`
}

function idsOf(words: readonly string[]): readonly AlibabaSemantic[] {
  return semanticIds.filter((id) => words.includes(id.split('.', 1)[0]))
}

const semanticIds = Object.keys(alibabaSemantics).filter(isOwn)

function isOwn(id: string): id is AlibabaSemantic {
  return Object.hasOwn(alibabaSemantics, id)
}

function semanticCells(
  id: AlibabaSemantic,
  witnesses: SemanticWitnesses | undefined,
): readonly string[] {
  const { says, source }: SemanticRow = alibabaSemantics[id]
  const seen = witnesses ? [witnessCell(witnesses.get(id))] : []
  return [`\`${id}\``, says, source, ...seen]
}

function witnessCell(witness: SemanticWitness | undefined): string {
  if (!witness) return 'nowhere yet'
  const { scenario, question, on, off } = witness
  return `[${scenario}](../scenarios/${scenario}/), ${question}: ${on} → ${off}`
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
