import { expect, test } from 'vitest'
import { alibabaSemantics, awsSemantics, azureSemantics, semanticsDoc } from '#fabric'
import type { SemanticWitness } from '#fabric'

const ids = [alibabaSemantics, azureSemantics, awsSemantics].flatMap((rows) => Object.keys(rows))
const witness: SemanticWitness = {
  scenario: 'two-shops',
  question: 'till-to-till',
  on: 'reachable',
  off: 'unreachable',
}

test('the page has exactly one row for each semantic', () => {
  expect(idsOf(semanticsDoc()).toSorted()).toEqual(ids.toSorted())
})

test('the rows of a table keep the order of the semantics', () => {
  const listed = idsOf(semanticsDoc())
  const sg = (id: string) => id.startsWith('sg.')
  expect(listed.filter(sg)).toEqual(ids.filter(sg))
})

test('a row says what the semantic says and where it was taken from', () => {
  const { says, source } = alibabaSemantics['acl.stateless']
  expect(semanticsDoc()).toContain(`\n| \`acl.stateless\` | ${says} | ${source} |\n`)
})

test('with witnesses a row links to the scenario and shows both verdicts', () => {
  const doc = semanticsDoc(new Map([['acl.stateless', witness]]))
  expect(doc).toContain(
    '| [two-shops](../scenarios/two-shops/), till-to-till: reachable → unreachable |',
  )
})

test('a semantic without a witness is shown as such', () => {
  const doc = semanticsDoc(new Map([['acl.stateless', witness]]))
  expect(doc.match(/\| nowhere yet \|/g)).toHaveLength(ids.length - 1)
})

test('every row has as many cells as its head', () => {
  for (const doc of [semanticsDoc(), semanticsDoc(new Map([['acl.stateless', witness]]))]) {
    const widths = doc
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split(/(?<!\\)\|/).length)
    expect(new Set(widths).size).toBe(1)
  }
})

/** Ids in the first cells of the tables. */
function idsOf(doc: string): readonly string[] {
  return [...doc.matchAll(/^\| `([a-z0-9.-]+)` \|/gm)].map(([, id]) => id)
}
