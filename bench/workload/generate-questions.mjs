import { seededRandom } from './random.mjs'

/** @typedef {import('./interfaces.mjs').Place} Place */

/** Who asks for whom; each kind has the same share. */
export const questionKinds = /** @type {const} */ ([
  'same vSwitch',
  'same VPC',
  'next VPC',
  'any VPC',
  'EIP',
])

const ports = [22, 80, 443, 443, 3_306, 8_020, 6_379, 9_999, 25, 23]

/**
 * @typedef {object} BenchQuestion
 * @property {string} id
 * @property {string} from
 * @property {string} to
 * @property {'tcp'} protocol
 * @property {number} port
 * @property {number} [sourcePort]
 */

/**
 * Question after question, by kinds in turn, the rest drawn. Without `sourcePort` they ask for
 * every port that a client may send from.
 * @param {readonly Place[]} places
 * @param {number} count
 * @param {number} seed
 * @param {number} [sourcePort]
 * @returns {Generator<BenchQuestion>}
 */
export function* generateQuestions(places, count, seed, sourcePort) {
  const random = seededRandom(seed)
  const partner = partnersOf(places, random)
  const more = sourcePort === undefined ? {} : { sourcePort }
  for (let number = 0; number < count;) {
    const from = places[random.draw(places.length)]
    const to = partner[questionKinds[number % questionKinds.length]](from)
    const port = ports[random.draw(ports.length)]
    if (to.id === from.id) continue
    const meant = number % questionKinds.length === 4 ? (to.eip ?? to.id) : to.id
    yield { id: `q${number}`, from: from.id, to: meant, protocol: 'tcp', port, ...more }
    number++
  }
}

/**
 * @param {readonly Place[]} places
 * @param {import('./random.mjs').Random} random
 * @returns {Record<(typeof questionKinds)[number], (from: Place) => Place>}
 */
function partnersOf(places, random) {
  const bySubnet = groupBy(places, ({ vpc, subnet }) => `${vpc}/${subnet}`)
  const byVpc = groupBy(places, ({ vpc }) => vpc)
  const reachable = places.filter(({ eip }) => eip !== undefined)
  /** @param {readonly Place[]} [among] */
  const one = (among = places) => among[random.draw(among.length)]
  return {
    'same vSwitch': ({ vpc, subnet }) => one(bySubnet.get(`${vpc}/${subnet}`)),
    'same VPC': ({ vpc }) => one(byVpc.get(vpc)),
    'next VPC': ({ vpc }) => one(byVpc.get((vpc + 1) % byVpc.size)),
    'any VPC': () => one(),
    EIP: () => one(reachable),
  }
}

/**
 * `Map.groupBy` of newer Node versions.
 * @template Key
 * @param {readonly Place[]} places
 * @param {(place: Place) => Key} keyOf
 * @returns {Map<Key, Place[]>}
 */
function groupBy(places, keyOf) {
  const groups = new Map()
  for (const place of places) {
    const key = keyOf(place)
    const group = groups.get(key)
    if (group) group.push(place)
    else groups.set(key, [place])
  }
  return groups
}
