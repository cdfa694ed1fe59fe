import { edge } from './en/edge.ts'
import { filter } from './en/filter.ts'
import { guest } from './en/guest.ts'
import { instance } from './en/instance.ts'
import { labels } from './en/labels.ts'
import { link } from './en/link.ts'
import { question } from './en/question.ts'
import { route } from './en/route.ts'
import { words } from './en/words.ts'
import type { Language } from './language.ts'

/** Everything Hopwise says in English. */
export const en: Language = {
  findings: { ...question, ...instance, ...guest, ...filter, ...route, ...edge, ...link },
  verdicts: {
    reachable: {
      plain: '{from} can reach {to} {service}.',
      because: '{from} can reach {to} {service}: {reason}.',
    },
    unreachable: {
      plain: '{from} cannot reach {to} {service}.',
      because: '{from} cannot reach {to} {service}: {reason}.',
    },
    partial: {
      plain: '{from} can reach {to} {service} only in part.',
      because: '{from} can reach {to} {service} only in part: {reason}.',
    },
    leaves_model: {
      plain: 'Whether {from} can reach {to} {service} is decided outside the analysed network.',
      because:
        'Whether {from} can reach {to} {service} is decided outside the analysed network: {reason}.',
    },
    undetermined: {
      plain: 'Whether {from} can reach {to} {service} cannot be decided from this input.',
      because:
        'Whether {from} can reach {to} {service} cannot be decided from this input: {reason}.',
    },
  },
  words,
  labels,
  caveat:
    'This follows from the configuration that was read; live behaviour may differ from the configuration.',
}
