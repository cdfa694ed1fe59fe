import type { HostAnswers, HostRequest } from '#lab'

/** What a made-up host does with each request; `undefined` where no command asks for it. */
export type FakeHost = {
  readonly [Op in HostRequest['op']]?: (
    request: Extract<HostRequest, { readonly op: Op }>,
  ) => HostAnswers[Op]
}

/** The made-up host's answer; each request is answered by the function of its own `op`. */
export function brandFakeAnswer<R extends HostRequest>(
  host: FakeHost,
  request: R,
): HostAnswers[R['op']] {
  const answer = host[request.op] as ((given: R) => HostAnswers[R['op']]) | undefined
  if (!answer) throw new Error(`a made-up host cannot ${request.op}`)
  return answer(request)
}
