import { expect, test } from 'vitest'
import { createAnalyzer } from '#analyzer'
import { readAlibaba, type SourceDocument } from '#dialects'
import { compileFabric } from '#fabric'
import { type Network, parseNetwork, type Question } from '#model'
import { capture } from '../dialects/amend-capture.ts'

test('a capture without one answer, or one call, gives each verdict as before or leaves it open', () => {
  const whole = networkOf(capture)
  const questions = questionsAbout(whole)
  const before = verdictsOf(whole, questions)
  const turned = variants().flatMap(({ without, documents }) => {
    const after = verdictsOf(networkOf(documents), questions)
    return questions.flatMap((question, nth) => {
      const [once, now] = [before[nth], after[nth]]
      const fine = once === now || now === 'undetermined' || once === 'error' || now === 'error'
      return fine ? [] : [{ without, question, once, now }]
    })
  })
  expect(turned).toEqual([])
})

function networkOf(documents: readonly SourceDocument[]): Network {
  const parsed = parseNetwork(readAlibaba(documents).network)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.network
}

const callOf = ({ file }: SourceDocument): string =>
  file.slice(file.lastIndexOf('/') + 1).split('.')[0]

function variants(): { readonly without: string; readonly documents: SourceDocument[] }[] {
  const calls = [...new Set(capture.map(callOf))]
  return [
    ...capture.map((left) => ({
      without: left.file,
      documents: capture.filter((one) => one !== left),
    })),
    ...calls.map((call) => ({
      without: call,
      documents: capture.filter((one) => callOf(one) !== call),
    })),
  ]
}

/** Every end with every other, by id, by address and from the Internet. */
function questionsAbout(network: Network): readonly Question[] {
  const { instance = [], networkInterface = [], publicAddress = [], haVip = [] } = network
  const ends = [
    'internet',
    '203.0.113.5',
    ...instance.map(({ id }) => id),
    ...networkInterface.flatMap(({ id, addresses }) => [id, ...addresses]),
    ...[...publicAddress, ...haVip].map(({ address }) => address),
  ]
  const services = [
    { protocol: 'tcp', port: 22 },
    { protocol: 'tcp', port: 443 },
    { protocol: 'icmp' },
  ] as const
  return ends.flatMap((from) =>
    ends.flatMap((to) =>
      from === to ? [] : services.map((service) => ({ from, to, ...service })),
    ),
  )
}

function verdictsOf(network: Network, questions: readonly Question[]): readonly string[] {
  const analyzer = createAnalyzer(compileFabric(network))
  return questions.map((question) => {
    const answer = analyzer.verdict(question)
    return 'error' in answer ? 'error' : answer.verdict
  })
}
