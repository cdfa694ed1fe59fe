import type { RouteTold } from './request.ts'

/** Reads what `ip -j route get … fibmatch` prints; empty where it says nothing of use. */
export function readRoute(text: string): RouteTold {
  const [route] = list(parse(text))
  const [first] = list(route?.['nexthops'])
  const field = (name: string): string | undefined => {
    const value = route?.[name] ?? first?.[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  }
  const [destination, table, device, via] = [
    field('dst'),
    field('table'),
    field('dev'),
    field('gateway'),
  ]
  return {
    ...(destination === undefined ? {} : { destination }),
    ...(table === undefined ? { table: MAIN_TABLE } : { table: Number(table) }),
    ...(device === undefined ? {} : { device }),
    ...(via === undefined ? {} : { via }),
  }
}

/** The kernel's number of the table that is not printed. */
const MAIN_TABLE = 254

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return []
  }
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value)
    ? value.filter((item) => typeof item === 'object' && item !== null)
    : []
}
