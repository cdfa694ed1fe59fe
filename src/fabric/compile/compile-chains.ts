import type { NetworkInterface, SecurityGroupRule, Subnet } from '#model'
import type { Chains } from '../chains.ts'
import { UNREAD } from '../places.ts'
import { filterEntries } from './chain-rules.ts'
import type { PortColumns } from './compile-ports.ts'
import type { Draft } from './draft.ts'
import { type TagRanges, tagRangesOf } from './service-tags.ts'

/** Feature `sg.chain`: the filters of every interface, one after another. */
export function compileChains(draft: Draft, columns: PortColumns): Chains {
  const table = new ChainTable(draft)
  const of = new Int32Array(columns.count).fill(-1)
  if (draft.on('sg.chain')) {
    draft.network.networkInterface?.forEach((item, port) => {
      of[port] = table.intern(filtersOf(draft, item), contextOf(draft, columns, port))
    })
  }
  return { of, ...table.columns() }
}

/** Where a filter is asked: what the tags in its rules mean there. */
interface Context {
  readonly subnet: Subnet | undefined
  readonly vpc: number
}

const contextOf = ({ network }: Draft, columns: PortColumns, port: number): Context => ({
  subnet: network.subnet?.[columns.subnet[port]],
  vpc: columns.domain[port],
})

/** Numbers of the groups that judge an interface. */
interface Judges {
  readonly managers: readonly number[]
  /** In the order of ingress. */
  readonly groups: readonly number[]
}

function filtersOf(draft: Draft, item: NetworkInterface): Judges {
  const { network, ids, securityGroups } = draft
  const subnet = network.subnet?.[ids.subnet.find(item.subnetId, item)]
  const vpc = network.vpc?.[ids.vpc.find(item.vpcId, item)]
  if (!isJudged(draft, item, subnet)) return { managers: [], groups: [] }
  const managers = draft.on('azure.admin.rules') ? (vpc?.adminGroupIds ?? []) : []
  const around = draft.on('azure.nsg.both') ? subnet?.securityGroupId : undefined
  const own = item.securityGroupIds.filter((id) => {
    const group = network.securityGroup?.[ids.securityGroup.find(id, item)]
    return group?.type !== 'application'
  })
  const number = (id: string): number => securityGroups.number(id, item)
  const named = around === undefined ? own : [around, ...own]
  return { managers: managers.map(number), groups: named.map(number) }
}

/** Semantic `azure.endpoint.filtered`. */
function isJudged({ on }: Draft, { serves }: NetworkInterface, subnet?: Subnet): boolean {
  if (serves?.kind !== 'endpoint' || !on('azure.endpoint.filtered')) return true
  return subnet?.endpointPolicies?.securityGroup === true
}

interface Filter {
  readonly group: number
  readonly listIn: number
  readonly listOut: number
}

/** What the tags mean at some place, and a text that is the same where they mean the same. */
interface Meaning {
  readonly tags: TagRanges
  readonly key: string
}

/** Chains of filters, stored once each; a filter's lists are stored once for what its tags mean. */
class ChainTable {
  private readonly draft: Draft
  private readonly chains = new Map<string, number>()
  private readonly filters = new Map<string, Filter>()
  private readonly tags = new Map<string, Meaning>()
  private readonly offsets: number[] = [0]
  private readonly rows: (Filter & { readonly managers: number })[] = []

  constructor(draft: Draft) {
    this.draft = draft
  }

  intern({ managers, groups }: Judges, context: Context): number {
    if (managers.length + groups.length === 0) return -1
    const meaning = this.meaningOf(context)
    const key = `${managers.join()} ${groups.join()} ${meaning.key}`
    const known = this.chains.get(key)
    if (known !== undefined) return known
    const filters = [...managers, ...groups].map((group) => this.filter(group, meaning))
    const count = managers.length
    this.rows.push(...filters.map((filter, nth) => ({ ...filter, managers: nth ? 0 : count })))
    this.offsets.push(this.rows.length)
    this.chains.set(key, this.offsets.length - 2)
    return this.offsets.length - 2
  }

  columns(): Omit<Chains, 'of'> {
    return {
      offsets: Int32Array.from(this.offsets),
      group: Int32Array.from(this.rows, ({ group }) => group),
      listIn: Int32Array.from(this.rows, ({ listIn }) => listIn),
      listOut: Int32Array.from(this.rows, ({ listOut }) => listOut),
      managers: Uint8Array.from(this.rows, ({ managers }) => managers),
    }
  }

  private meaningOf({ subnet, vpc }: Context): Meaning {
    const place = `${vpc} ${subnet?.routeTableId ?? ''}`
    const known = this.tags.get(place)
    if (known) return known
    const tags = tagRangesOf(this.draft, subnet, vpc)
    const fresh = { tags, key: keyOfTags(tags) }
    this.tags.set(place, fresh)
    return fresh
  }

  private filter(group: number, { tags, key: meaning }: Meaning): Filter {
    const key = `${group} ${meaning}`
    const known = this.filters.get(key)
    if (known) return known
    const item = this.draft.network.securityGroup?.[group]
    const read = item && !this.draft.index.isDoubted('securityGroup', item)
    const list = (direction: SecurityGroupRule['direction']): number =>
      read ? this.draft.rules.add(filterEntries(this.draft, item, direction, tags)) : UNREAD
    const fresh = { group, listIn: list('ingress'), listOut: list('egress') }
    this.filters.set(key, fresh)
    return fresh
  }
}

/** The other tags mean the same everywhere. */
const keyOfTags = ({ VirtualNetwork, Internet, unsure }: TagRanges): string =>
  [VirtualNetwork, Internet, unsure]
    .map((ranges) => ranges.map(({ low, high }) => `${low}-${high}`).join())
    .join(' ')
