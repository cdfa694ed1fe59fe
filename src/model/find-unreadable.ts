import { pointerTo } from './json-pointer.ts'
import type { Problem } from './problem.ts'

/**
 * Finds where data stops being plain data: an accessor, which may throw or answer differently each
 * time, or an object that throws when its fields are listed. JSON never has either; an object made
 * by a program may. Cyclic and very deep data is walked without recursion.
 * Undefined: all of it is plain.
 */
export function findUnreadable(input: unknown): Problem | undefined {
  const seen = new Set<unknown>()
  const open: Spot[] = [{ value: input, pointer: '' }]
  for (let spot = open.pop(); spot; spot = open.pop()) {
    if (typeof spot.value !== 'object' || spot.value === null || seen.has(spot.value)) continue
    seen.add(spot.value)
    const descriptors = describeFields(spot.value)
    if (!descriptors) return unreadable(spot.pointer)
    for (const [key, descriptor] of Object.entries(descriptors)) {
      const pointer = pointerTo(spot.pointer, key)
      if (!('value' in descriptor)) return unreadable(pointer)
      open.push({ value: descriptor.value, pointer })
    }
  }
  return undefined
}

interface Spot {
  readonly value: unknown
  readonly pointer: string
}

/** Undefined: a proxy that refuses. What it throws is its own business and says nothing to us. */
function describeFields(value: object): Readonly<Record<string, PropertyDescriptor>> | undefined {
  try {
    return Object.getOwnPropertyDescriptors(value)
  } catch {
    return undefined
  }
}

function unreadable(pointer: string): Problem {
  return {
    severity: 'error',
    pointer,
    code: 'unreadable',
    expected: 'plain data, as JSON gives it',
    message: 'This value cannot be read: it is computed on access, or it refuses to be looked at.',
  }
}
