import { z } from 'zod'

import { questionProtocols } from '../question.ts'
import type { Question } from '../question.ts'
import { maybe, record, schemaNotes } from './record.ts'
import { complain, nonEmptyText, text } from './text.ts'

const NUMBER_TEXTS = ['25[0-5]', '2[0-4][0-9]', '1[0-9][0-9]', '[1-9]?[0-9]']

/** The words in any case, and numbers in digits: JSON Schema patterns have no flag for case. */
const protocolText = z.string().register(schemaNotes, {
  pattern: `^(${[...questionProtocols.map(inAnyCase), ...NUMBER_TEXTS].join('|')})$`,
})

const protocol = z.union([protocolText, z.int().min(0).max(255)]).register(schemaNotes, {
  description: 'tcp, udp, icmp, gre, any (in any case), or an IANA protocol number.',
})

function inAnyCase(word: string): string {
  return word.replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`)
}

const questionPort = (description: string) =>
  z
    .int({ error: complain('service-port') })
    .min(1, { error: complain('service-port') })
    .max(65_535, { error: complain('service-port') })
    .register(schemaNotes, { description })

/** A question as it is written; `Question` is how it is read. */
type QuestionInput = Omit<Question, 'protocol'> & { readonly protocol: string | number }

/** For the published schema; `parse-question.ts` checks by hand, as questions come by the million. */
export const question = record<QuestionInput>()(
  {
    title: 'Hopwise question',
    description: 'Can `from` reach `to`? Both are an id, a unique name, an address or `internet`.',
  },
  {
    id: maybe(text('Comes back with the answer.')),
    from: nonEmptyText('Where the connection starts.'),
    to: nonEmptyText('Where it is meant to arrive.'),
    protocol,
    port: maybe(questionPort('Destination port, with tcp or udp only; absent: every port.')),
    sourcePort: maybe(questionPort('Absent: the ephemeral ports 1024 to 65535.')),
    scope: maybe(nonEmptyText('VPC id in which names and addresses are looked up.')),
  },
)
