import type { Order, Reply } from './order.ts'

/** One order from the standard input; undefined for a line that is none. */
export function parseOrder(line: string): Order | undefined {
  return parseLine(line, ['probe', 'listen']) as Order | undefined
}

/** One reply from a namespace's process; undefined for a line that is none. */
export function parseReply(line: string): Reply | undefined {
  return parseLine(line, ['probed', 'listened']) as Reply | undefined
}

/** Both ends are this very code, so the kind and the number are all that is looked at. */
function parseLine(line: string, kinds: readonly string[]): object | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (!('kind' in value) || !('order' in value) || typeof value.order !== 'number') return undefined
  return kinds.some((kind) => kind === value.kind) ? value : undefined
}
