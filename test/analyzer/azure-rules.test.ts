import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createAnalyzer } from '#analyzer'
import { compileFabric } from '#fabric'
import { type Answer, parseNetwork, type Question } from '#model'

/** Rows of AZ that speak of evaluation: a question that shows the rule admit, and one that shows it refuse. */
const rules: readonly (readonly [string, string, string])[] = [
  ['AZ-23', 'two-filters/web-to-web', 'two-filters/asleep'],
  ['AZ-26', 'private-endpoints/sql', 'two-filters/nobody-holds-it'],
  ['AZ-31', 'hub-and-spokes/hub-from-one', 'hub-and-spokes/hub-nine'],
  ['AZ-32', 'two-filters/web-to-db', 'two-filters/subnet-says-no'],
  ['AZ-70', 'two-filters/priority-not-place', 'two-filters/stranger-to-db'],
  ['AZ-80', 'network-manager/https', 'network-manager/rdp'],
  ['AZ-92', 'ways-out/storage', 'ways-out/not-storage'],
  ['AZ-101', 'two-filters/not-the-old-client', 'two-filters/asleep'],
  ['AZ-104', 'network-manager/monitor', 'network-manager/telnet'],
]

test.each(rules)('%s admits %s and refuses %s', (_, admitted, refused) => {
  expect(answerTo(admitted).verdict).toBe('reachable')
  const answer = answerTo(refused)
  expect(answer.verdict).toBe('unreachable')
  expect(answer.findings.length).toBeGreaterThan(0)
})

test('AZ-03 names the group and the route that stop a packet in one answer', () => {
  const codes = answerTo('ways-out/not-storage').findings.map(({ code }) => code)
  expect(codes).toContain('route.blackhole')
  expect(codesOf('two-filters/mute-starts-nothing')).toContain('sg.egress.deny')
})

test('AZ-07 follows every way: one server of two refuses', () => {
  const answer = answerTo('load-balancers/half')
  expect(answer.verdict).toBe('partial')
})

test('AZ-71 lists each group that judged, the subnet’s before the interface’s inbound', () => {
  expect(judgedBy('two-filters/stranger-to-report', 'group.ingress')).toEqual([
    'nsg-db-subnet',
    'nsg-order',
  ])
})

test('AZ-71 lists the interface’s group before the subnet’s outbound', () => {
  expect(judgedBy('two-filters/storage-only', 'group.egress')).toEqual([
    'nsg-partner',
    'nsg-web-subnet',
  ])
})

test('AZ-74 names the rule that matched, AZ-75 what it did, AZ-79 the first in order of priority', () => {
  const { hops } = answerTo('two-filters/stranger-to-db')
  const stages = hops.flatMap((hop) => hop.stages)
  expect(stages.find(({ stage }) => stage === 'group.ingress')).toMatchObject({
    component: { id: 'nsg-db-subnet' },
    rule: 'nsg-db-subnet/DenyDb',
    decision: 'refuse',
  })
})

test('AZ-61 names the table of a user’s route, AZ-62 the system where no user made it', () => {
  const [user] = routesOf('hub-and-spokes/one-to-two')
  const [system] = routesOf('hub-and-spokes/hub-from-one')
  expect(user).toMatchObject({ component: { id: 'rt-one' }, rule: 'rt-one/two' })
  expect(system.rule).toBe('10.50.0.0/16 VNetPeering')
})

test('AZ-72 names a manager’s rules as what they are: the first to judge', () => {
  expect(judgedBy('network-manager/https', 'group.ingress')).toEqual(['rules-all', 'nsg-app'])
})

const routesOf = (name: string) =>
  answerTo(name)
    .hops.flatMap((hop) => hop.stages)
    .filter(({ stage }) => stage === 'route')

const codesOf = (name: string): readonly string[] => answerTo(name).findings.map(({ code }) => code)

/** Groups that said something on the way there, in order. */
function judgedBy(name: string, wanted: string): readonly string[] {
  const hops = answerTo(name).hops.filter(({ leg }) => leg === 'forward')
  const stages = hops.flatMap((hop) => hop.stages).filter(({ stage }) => stage === wanted)
  return stages.map(({ component }) => component.id)
}

/** The answer to a question of an Azure scenario. */
function answerTo(name: string): Extract<Answer, { readonly verdict: unknown }> {
  const [scenario, id] = name.split('/')
  const folder = `scenarios/azure-${scenario}`
  const parsed = parseNetwork(read(`${folder}/network.json`))
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
  const answer = createAnalyzer(compileFabric(parsed.network)).ask(questionOf(folder, id))
  if (!('verdict' in answer)) throw new Error(JSON.stringify(answer))
  return answer
}

function questionOf(folder: string, id: string): Question {
  const asked: readonly (Question & { readonly id: string })[] = JSON.parse(
    readFileSync(`${folder}/questions.json`, 'utf8'),
  )
  const found = asked.find((one) => one.id === id)
  if (!found) throw new Error(`${folder} has no question ${id}`)
  const { from, to, protocol, port } = found
  return port === undefined ? { from, to, protocol } : { from, to, protocol, port }
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
