import type { MeasuredQuestion } from '#conformance'

import { aspects, countAspect, measuredOf, tallyOf, unmeasuredGroups } from './verification.ts'
import type { Verification } from './verification.ts'

/** A verification as programs get it. */
export function verificationJson(verification: Verification): object {
  const { results, source, usual, leftOut } = verification
  const measured = measuredOf(results)
  return {
    kind: 'hopwise.verification/v1',
    ...(source === undefined ? {} : { source }),
    ...tallyOf(verification),
    ...(usual
      ? {
          chosen: {
            possible: usual.possible,
            senders: usual.senders,
            destinations: usual.destinations,
            services: [...usual.services, usual.unnamed],
          },
        }
      : {}),
    aspects: Object.fromEntries(aspects.map((aspect) => [aspect, countAspect(measured, aspect)])),
    disagreements: measured.filter(({ disagrees }) => disagrees.length > 0).map(disagreementJson),
    notMeasured: unmeasuredGroups(verification).map(({ because, count, example }) => ({
      because,
      count,
      example: example.question,
    })),
    leftOut,
  }
}

function disagreementJson({
  question,
  answer,
  evidence,
  comparison,
  disagrees,
}: MeasuredQuestion): object {
  const { blocker, told } = evidence
  return {
    about: disagrees,
    question,
    paper: {
      verdict: answer.verdict,
      blockers: answer.findings
        .filter(({ effect }) => effect === 'blocks')
        .map(({ code, leg, component, rule }) => ({ code, leg, component, rule })),
      stops: comparison.paperHops,
    },
    wire: {
      verdict: comparison.wire,
      outcome: told.outcome,
      ...(blocker ? { blocker } : {}),
      stops: comparison.wireHops,
    },
  }
}
