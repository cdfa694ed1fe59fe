import { nameInSentence } from '../describe-value.ts'
import type { Provider } from '../resource.ts'
import type { Vpc } from '../vpc.ts'
import type { Check } from './evidence.ts'

/** Every VPC has exactly one system route table where its cloud makes one. */
export const checkSystemTables: Check = ({ index, pointer, complete }, log) => {
  const counts = new Map<Vpc, number>()
  for (const table of index.all('routeTable')) {
    const vpc = index.get('vpc', table.vpcId ?? '', table)
    if (table.type !== 'system' || typeof vpc !== 'object') continue
    counts.set(vpc, (counts.get(vpc) ?? 0) + 1)
  }
  index.all('vpc').forEach((vpc, nth) => {
    const count = counts.get(vpc) ?? 0
    if (count === 1 || tableless.includes(vpc.provider)) return
    if (count === 0 && !complete('routeTable', vpc.provider)) return
    log.report({
      severity: 'warning',
      pointer: pointer('vpc', nth),
      code: 'system-table-count',
      expected: 'one system route table',
      found: String(count),
      message: `VPC ${nameInSentence(vpc.id)} has ${count === 0 ? 'no' : count} system route tables.`,
    })
  })
}

/** Azure's system routes belong to no route table resource. */
const tableless: readonly Provider[] = ['azure']
