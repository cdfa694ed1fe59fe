/**
 * A value in a few words, for `Problem.found`: quoted text cut at 60 characters, numbers and words
 * as they are, only the size of an array, nothing of an object. Never looks inside, so it is safe
 * on cyclic and very deep data.
 */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (value === null || value === undefined) return value === null ? 'null' : 'undefined'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object') return 'an object'
  const isSimple =
    typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
  return isSimple ? clip(value.toString()) : `a ${typeof value}`
}

/** JSON quoting also disarms control characters, which ids from a file may carry to a terminal. */
export function quote(text: string): string {
  return JSON.stringify(clip(text))
}

/** An id inside a sentence: as it is when it is plain, quoted when it is not. */
export function nameInSentence(id: string): string {
  return PLAIN.test(id) ? id : quote(id)
}

const LONGEST = 60
const PLAIN = /^[\w.:/-]{1,200}$/

function clip(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
