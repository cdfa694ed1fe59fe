import { isContainer } from './spot.ts'

/**
 * One text for one content: keys sorted, blanks left out, lists of plain values as sets (the APIs
 * promise no order for ids and addresses). Cut after a fixed amount of work, so that hostile or
 * cyclic values end.
 */
export function canonicalText(value: unknown): string {
  return write(value, { left: 20_000 }, 0)
}

interface Budget {
  left: number
}

function write(value: unknown, budget: Budget, depth: number): string {
  budget.left -= 1
  if (budget.left < 0 || depth > 16) return '…'
  if (Array.isArray(value)) return writeList(value, budget, depth)
  if (isContainer(value)) return writeRecord(value, budget, depth)
  // Numbers and booleans are printed as text by some versions of the APIs.
  return JSON.stringify(String(value))
}

function writeList(list: readonly unknown[], budget: Budget, depth: number): string {
  const parts = list.slice(0, budget.left).map((item) => write(item, budget, depth + 1))
  const plain = !list.some(isContainer)
  return `[${(plain ? parts.toSorted() : parts).join(',')}]`
}

function writeRecord(record: object, budget: Budget, depth: number): string {
  const parts = Object.keys(record)
    .toSorted()
    .filter((key) => !isBlank(Reflect.get(record, key)))
    .map((key) => `${JSON.stringify(key)}:${write(Reflect.get(record, key), budget, depth + 1)}`)
  return `{${parts.join(',')}}`
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
