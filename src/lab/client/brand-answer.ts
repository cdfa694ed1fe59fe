import type { HostAnswers, HostRequest } from '../host/request.ts'

/** The host answers each request by its own `op`, and is of the same version. */
export function brandAnswer<R extends HostRequest>(answer: unknown): HostAnswers[R['op']] {
  return answer as HostAnswers[R['op']]
}
