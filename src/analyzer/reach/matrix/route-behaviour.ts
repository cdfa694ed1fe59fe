import type { Fabric } from '#fabric'

/**
 * What each route does with a packet, as a number: equal numbers are equal next hops. Most routes
 * of a VPC are local ones that nothing but their destination tells apart.
 */
export function routeBehaviours({ routes }: Fabric): Int32Array {
  const numbers = new Map<string, number>()
  return Int32Array.from({ length: routes.hopOffsets.length - 1 }, (_, route) => {
    const hops: string[] = []
    for (let hop = routes.hopOffsets[route]; hop < routes.hopOffsets[route + 1]; hop++) {
      hops.push(`${routes.hopKind[hop]} ${routes.hopTarget[hop]}`)
    }
    const key = hops.join()
    const known = numbers.get(key) ?? numbers.size
    numbers.set(key, known)
    return known
  })
}

/** The ranks at which a map of the fabric changes its value, read through `as`. */
export function changesOf(
  { maps }: Fabric,
  map: number,
  as: (value: number) => number = (value) => value,
): number[] {
  const cuts: number[] = []
  const first = maps.offsets[map]
  for (let at = first; at < maps.offsets[map + 1]; at++) {
    if (at === first || as(maps.values[at]) !== as(maps.values[at - 1])) cuts.push(maps.starts[at])
  }
  return cuts
}
