import { nameInSentence } from '../describe-value.ts'
import type { Backend, Listener } from '../load-balancer.ts'
import type { Problem } from '../problem.ts'
import type { ProblemLog } from '../problem-log.ts'
import type { Check } from './evidence.ts'

/**
 * No load balancer has two listeners of one port, and no listener one server twice: a file that says
 * so was put together by hand, and something else was probably meant.
 */
export const checkListeners: Check = ({ index, pointer }, log) => {
  index.all('loadBalancer').forEach(({ id, listeners = [] }, nth) => {
    const place = `${pointer('loadBalancer', nth)}/listeners`
    reportTwins({ items: listeners, place, keyOf: portOf, log }, (one, first) => {
      const who = `The load balancer ${nameInSentence(id)}`
      const message = `${who} has two listeners on ${portOf(one)}, first at ${first}; the first one that runs counts.`
      return { code: 'duplicate-listener', message }
    })
    listeners.forEach((listener, at) => {
      const { backends } = listener
      const below = `${place}/${at}/backends`
      reportTwins({ items: backends, place: below, keyOf: serverOf, log }, ({ target }, first) => {
        const who = `The listener ${portOf(listener)} of load balancer ${nameInSentence(id)}`
        const message = `${who} has the backend ${nameInSentence(target.id)} twice on one port, first at ${first}.`
        return { code: 'duplicate-backend', message }
      })
    })
  })
}

interface Twins<T> {
  readonly items: readonly T[]
  readonly place: string
  readonly keyOf: (item: T) => string
  readonly log: ProblemLog
}

/** Reports every item that stands for the same as one before it. */
function reportTwins<T>(
  { items, place, keyOf, log }: Twins<T>,
  describe: (item: T, first: string) => Pick<Problem, 'code' | 'message'>,
): void {
  const seen = new Map<string, string>()
  items.forEach((item, nth) => {
    const pointer = `${place}/${nth}`
    const first = seen.get(keyOf(item))
    if (first === undefined) seen.set(keyOf(item), pointer)
    else log.report({ severity: 'warning', pointer, ...describe(item, first) })
  })
}

function portOf({ protocol, port }: Listener): string {
  return `${protocol.toUpperCase()} ${port}`
}

/** A server may take part with several ports. */
function serverOf({ target: { kind, id }, port }: Backend): string {
  return JSON.stringify([kind, id, port])
}
