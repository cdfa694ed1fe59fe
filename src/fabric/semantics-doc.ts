import type { Verdict } from '#model'
import { alibabaSemantics } from './alibaba/semantics.ts'
import { awsSemantics } from './aws/semantics.ts'
import { azureSemantics } from './azure/semantics.ts'
import type { SemanticId } from './compile-fabric.ts'
import type { SemanticRow } from './semantic.ts'

/** A question of `scenarios/` whose verdict needs one semantic: what it is with it, and without. */
export interface SemanticWitness {
  readonly scenario: string
  readonly question: string
  readonly on: Verdict
  readonly off: Verdict
}

/** Witnesses by the semantic that they need. */
export type SemanticWitnesses = ReadonlyMap<SemanticId, SemanticWitness>

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
  readonly rows: Readonly<Record<string, SemanticRow>>
  /** First words of the ids, without the name of the cloud. */
  readonly words: readonly string[]
}

const alibaba = (title: string, ...words: string[]): Group => ({
  title,
  rows: alibabaSemantics,
  words,
})
const azure = (title: string, ...words: string[]): Group => ({
  title: `Azure: ${title}`,
  rows: azureSemantics,
  words,
})
const aws = (title: string, ...words: string[]): Group => ({
  title: `AWS: ${title}`,
  rows: awsSemantics,
  words,
})

const groups: readonly Group[] = [
  alibaba('Security groups and the platform', 'sg'),
  alibaba('Network ACLs', 'acl'),
  alibaba('Interfaces, instances and guests', 'eni', 'instance', 'guest', 'havip'),
  alibaba('Routes', 'route'),
  alibaba('The Internet and public addresses', 'internet', 'eip', 'ipv6'),
  alibaba('NAT gateways', 'nat'),
  alibaba('Load balancers', 'lb'),
  alibaba('Links between networks', 'peer', 'router-interface', 'classic', 'classiclink'),
  azure('groups and a network manager', 'nsg', 'admin', 'tag'),
  azure('interfaces and machines', 'nic', 'vm'),
  azure('routes and endpoints', 'route', 'endpoint'),
  azure('peerings', 'peering'),
  azure('the Internet', 'public', 'outbound'),
  azure('load balancers', 'lb'),
  aws('groups and lists', 'sg', 'acl'),
  aws('interfaces and instances', 'eni', 'instance'),
  aws('routes', 'route'),
  aws('the Internet and translation', 'igw', 'eigw', 'eip', 'nat', 'ipv6'),
  aws('links and endpoints', 'peering', 'tgw', 'vpn', 'endpoint'),
  aws('load balancers', 'nlb'),
]

const introduction = `# Packet semantics

What Alibaba Cloud, Azure and AWS do to a packet, rule by rule, as Hopwise has it; written by
\`npm run docs\` from the tables in \`src/fabric/*/semantics.ts\`. Each rule can be switched off in a
test. **Source** names the document it was taken from: see [sources](sources.md) and
[decisions](decisions/README.md). **Seen in** is a question of [scenarios](../scenarios/README.md) whose
verdict changes when the rule is switched off: the verdict with the rule, then without.
\`npm run semantics\` looks for one for each rule, and a rule of Alibaba Cloud or Azure without one
fails the proof; those of AWS have no scenarios yet.`

function groupSection(group: Group, witnesses: SemanticWitnesses | undefined): string {
  const head = ['id', 'what it says', 'source', ...(witnesses ? ['seen in'] : [])]
  const rows = Object.entries(group.rows)
    .filter(([id]) => group.words.includes(wordOf(id)))
    .map(([id, row]) => semanticCells(id, row, witnesses))
  const lines = [head, head.map(() => '---'), ...rows].map(tableLine)
  return `## ${group.title}\n\n${lines.join('\n')}`
}

/** `nsg` of `azure.nsg.both`, `sg` of `sg.merged`. */
function wordOf(id: string): string {
  const [first, second] = id.split('.')
  return first === 'azure' || first === 'aws' ? second : first
}

function semanticCells(
  id: string,
  { says, source }: SemanticRow,
  witnesses: SemanticWitnesses | undefined,
): readonly string[] {
  const seen = witnesses ? [witnessCell([...witnesses].find(([known]) => known === id)?.[1])] : []
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
