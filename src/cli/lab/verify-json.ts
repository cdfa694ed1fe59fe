import type { MeasuredQuestion } from '#conformance'
import type { FindingRecord } from '#model'

import type {
  BlockerDocument,
  DisagreementDocument,
  VerificationDocument,
} from '../schema/verification-schema.ts'
import { verificationFormat } from './lab-formats.ts'
import { countAspect, measuredOf, tallyOf, unmeasuredGroups } from './verification.ts'
import type { Verification } from './verification.ts'

/** A verification as programs get it. */
export function verificationJson(verification: Verification): VerificationDocument {
  const { results, source, usual, leftOut } = verification
  const measured = measuredOf(results)
  return {
    kind: verificationFormat,
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
    aspects: {
      verdict: countAspect(measured, 'verdict'),
      rule: countAspect(measured, 'rule'),
      stops: countAspect(measured, 'stops'),
    },
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
}: MeasuredQuestion): DisagreementDocument {
  const { blocker, told } = evidence
  return {
    about: disagrees,
    question,
    paper: {
      verdict: answer.verdict,
      blockers: answer.findings.filter(({ effect }) => effect === 'blocks').map(blockerJson),
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

function blockerJson({ code, leg, component, rule }: FindingRecord): BlockerDocument {
  return {
    code,
    ...(leg === undefined ? {} : { leg }),
    component,
    ...(rule === undefined ? {} : { rule }),
  }
}
