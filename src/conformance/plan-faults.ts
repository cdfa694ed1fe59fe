import type { LabPlan } from '#lab'

type Space = LabPlan['spaces'][number]

/** A mistake in the lab's own reading, planted to see whether a run notices it. */
export interface PlanFault {
  readonly name: string
  readonly says: string
  readonly plant: (plan: LabPlan) => LabPlan
}

/**
 * Mistakes a second reader could make; each has to show within one default run. None that only lets
 * a packet out under an address to which nobody answers: it would get no further than before.
 */
export const planFaults: readonly PlanFault[] = [
  {
    name: 'forgotten session',
    says: 'replies of an admitted connection are judged by the groups again',
    plant: inRole('hypervisor', 'nft', (text) =>
      text.includes('ct state established,related') ? undefined : text,
    ),
  },
  {
    name: 'lost guest routes',
    says: 'guests know their own vSwitch and no gateway',
    plant: inRole('guest', 'ip', (text) =>
      text.startsWith('route add default') ? undefined : text,
    ),
  },
  {
    name: 'members of a group are strangers',
    says: 'members of one group are judged by the rules only',
    plant: inRole('hypervisor', 'nft', (text) =>
      /^ip6? saddr @g\S+ counter accept/.test(text) ? undefined : text,
    ),
  },
  {
    name: 'groups that drop outbound',
    says: 'a basic group drops outbound what no rule matches',
    plant: inChains(/^chain out/, (text) => text.replace(/^counter accept/, 'counter drop')),
  },
  {
    name: 'groups that accept inbound',
    says: 'a group admits inbound what no rule matches',
    plant: inChains(/^chain in/, (text) => text.replace(/^counter drop/, 'counter accept')),
  },
  {
    name: 'accept before drop',
    says: 'the rules of a group are read from the last to the first',
    plant: inRole('hypervisor', 'nft', (text) => text, reverseRules),
  },
  {
    name: 'no source/destination check',
    says: 'foreign addresses pass interfaces whose check is on',
    plant: inRole('hypervisor', 'nft', (text) => (text.includes('!= @own') ? undefined : text)),
  },
  {
    name: 'ACLs that accept',
    says: 'a network ACL lets pass what no entry matches',
    plant: inChains(/^chain acl_/, (text) => text.replace(/^counter drop/, 'counter return')),
  },
  {
    name: 'ACLs without order',
    says: 'the entries of a network ACL are read from the last to the first',
    plant: inRole('router', 'nft', (text) => text, reverseAcls),
  },
  {
    name: 'lost routes',
    says: 'routes to peerings, router interfaces and gateways are forgotten',
    plant: inRole('router', 'ip', (text) =>
      /^route add .* table 1\d{4} via 169/.test(text) ? undefined : text,
    ),
  },
  {
    name: 'no way past the table',
    says: 'a source with a public address follows the route table to the Internet',
    plant: inRole('router', 'nft', (text) => (text.includes('meta mark set 1') ? undefined : text)),
  },
  {
    name: 'unmapped EIP',
    says: 'what is called by its EIP keeps the public address as destination',
    plant: inRole('router', 'nft', (text) =>
      text.includes('ip daddr set ip daddr map') ? undefined : text,
    ),
  },
  {
    name: 'lost DNAT entries',
    says: 'a NAT gateway forgets its DNAT entries',
    plant: inRole('natGateway', 'nft', (text) => (text.includes('dnat to') ? undefined : text)),
  },
  {
    name: 'mail to the Internet',
    says: 'TCP 25 leaves for the Internet',
    plant: inRole('internet', 'nft', (text) => (text.includes('tcp dport 25') ? undefined : text)),
  },
  {
    name: 'guests without policy routing',
    says: 'replies leave by the primary interface, wherever the request came in',
    plant: inRole('guest', 'ip', (text) =>
      /^rule add pref 1\d{3} from/.test(text) ? undefined : text,
    ),
  },
]

/** Changes lines of the namespaces of one role; undefined takes a line away. */
function inRole(
  role: Space['role'],
  part: 'ip' | 'nft',
  change: (text: string) => string | undefined,
  arrange: (texts: readonly string[]) => readonly string[] = (texts) => texts,
): PlanFault['plant'] {
  return (plan) => ({
    ...plan,
    spaces: plan.spaces.map((space) => {
      if (space.role !== role) return space
      const texts = arrange(space[part].flatMap(({ text }) => change(text) ?? []))
      return { ...space, [part]: texts.map((text) => ({ text, of: space.of })) }
    }),
  })
}

/** Changes the lines of chains whose first line matches, in every namespace. */
function inChains(head: RegExp, change: (text: string) => string): PlanFault['plant'] {
  return (plan) => ({
    ...plan,
    spaces: plan.spaces.map((space) => {
      let inside = false
      const nft = space.nft.map((line) => {
        if (line.text.startsWith('chain ')) inside = head.test(line.text)
        return inside ? { ...line, text: change(line.text) } : line
      })
      return { ...space, nft }
    }),
  })
}

/** The rules of each group chain, without its default, the other way round. */
function reverseRules(texts: readonly string[]): readonly string[] {
  return reverseChains(texts, /^chain (?:in|out)\d/)
}

function reverseAcls(texts: readonly string[]): readonly string[] {
  return reverseChains(texts, /^chain acl_/)
}

function reverseChains(texts: readonly string[], head: RegExp): readonly string[] {
  const result: string[] = []
  let chain: string[] | undefined
  for (const text of texts) {
    if (head.test(text)) {
      result.push(text)
      chain = []
    } else if (chain && text === '}') {
      const last = chain.pop()
      result.push(...chain.toReversed(), ...(last === undefined ? [] : [last]), text)
      chain = undefined
    } else (chain ?? result).push(text)
  }
  return result
}
