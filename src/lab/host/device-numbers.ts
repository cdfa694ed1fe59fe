import type { Cable } from '../plan.ts'

/**
 * Two ends of one number look like no pair to the kernel, which then takes up to a second to notice
 * that the cable is in (linux net/core/link_watch.c); so every end has a number of its own.
 */
const FIRST_END = 1000

/** Beyond every cable, so that what is made later in a namespace collides with none. */
const FIRST_MADE = 1_000_000

/** The numbers of the two ends of a plan's nth cable. */
export function endNumbers(nth: number): readonly [number, number] {
  return [FIRST_END + 2 * nth, FIRST_END + 2 * nth + 1]
}

/** The devices of one namespace by name: rtnetlink knows them by number. */
export class DeviceNumbers {
  readonly #numbers = new Map([['lo', 1]])

  /** The number of a device; undefined for one that was not made here. */
  of(name: string): number | undefined {
    return this.#numbers.get(name)
  }

  put(name: string, number: number): void {
    this.#numbers.set(name, number)
  }

  /** A number for a device that is to be made. */
  take(name: string): number {
    const number = FIRST_MADE + this.#numbers.size
    this.put(name, number)
    return number
  }
}

/** What the cables of a plan put into each namespace. */
export function numberDevices(cables: readonly Cable[]): (space: string) => DeviceNumbers {
  const spaces = new Map<string, DeviceNumbers>()
  const of = (space: string): DeviceNumbers => {
    const known = spaces.get(space) ?? new DeviceNumbers()
    spaces.set(space, known)
    return known
  }
  cables.forEach(({ ends: [one, other] }, nth) => {
    const [near, far] = endNumbers(nth)
    of(one.space).put(one.device, near)
    of(other.space).put(other.device, far)
  })
  return of
}
