import { describeMachine } from '../report/describe-machine.mjs'
import { figure, table } from '../report/markdown-table.mjs'
import { median } from '../measure/quantiles.mjs'
import { kinds } from './kit.mjs'

/** @typedef {{ readonly p50: number, readonly p99: number }} Quantiles in nanoseconds */

/**
 * What both took in one round, one after the other.
 * @typedef {object} Round
 * @property {Quantiles} peer
 * @property {{ readonly resolve: number, readonly verdicts: Quantiles, readonly explanations: Quantiles, readonly million: number }} hopwise
 * @property {number} load of the machine
 */

/**
 * @typedef {object} Measured
 * @property {string} size
 * @property {readonly Round[]} rounds
 * @property {ReturnType<typeof import('./compare.mjs').compare>} agreement
 * @property {number} memory of the daemon, in bytes
 */

const microsecond = 1_000
const millisecond = 1_000_000

/** @param {Measured} measured */
export function renderRounds({ size, rounds, agreement, memory }) {
  const rows = rounds.map((round, nth) => row(String(nth + 1), round))
  return [
    `# Beside OVN's daemon, ${size} interfaces`,
    '',
    describeMachine(),
    '',
    ...table(head, [...rows, row('median', middle(rounds))]),
    '',
    `The daemon holds ${figure(memory / 1_048_576)} MB. Resolving a question takes Hopwise ${figure(middle(rounds).hopwise.resolve / microsecond)} µs, which is in none of these figures.`,
    '',
    ...table(
      ['questions', 'asked', 'same verdict'],
      kinds.map((kind, at) => [kind, String(agreement.asked[at]), String(agreement.agreed[at])]),
    ),
    ...agreement.differences.slice(0, 10).map((difference) => `\n- ${difference}`),
    '',
  ].join('\n')
}

const head = [
  'round',
  'OVN p50 ms',
  'p99 ms',
  'verdict p50 µs',
  'p99 µs',
  'explanation as JSON p50 µs',
  'p99 µs',
  'p50 over p50',
  'million verdicts ms',
  'load',
]

/**
 * @param {string} name
 * @param {Round} round
 */
function row(name, { peer, hopwise: { verdicts, explanations, million }, load }) {
  return [
    name,
    figure(peer.p50 / millisecond),
    figure(peer.p99 / millisecond),
    figure(verdicts.p50 / microsecond),
    figure(verdicts.p99 / microsecond),
    figure(explanations.p50 / microsecond),
    figure(explanations.p99 / microsecond),
    figure(peer.p50 / explanations.p50),
    figure(million / millisecond),
    figure(load),
  ]
}

/**
 * The median round, figure by figure.
 * @param {readonly Round[]} rounds
 * @returns {Round}
 */
function middle(rounds) {
  /** @param {(round: Round) => number} of */
  const one = (of) => median(rounds.map(of))
  return {
    peer: { p50: one(({ peer }) => peer.p50), p99: one(({ peer }) => peer.p99) },
    hopwise: {
      resolve: one(({ hopwise }) => hopwise.resolve),
      verdicts: {
        p50: one(({ hopwise }) => hopwise.verdicts.p50),
        p99: one(({ hopwise }) => hopwise.verdicts.p99),
      },
      explanations: {
        p50: one(({ hopwise }) => hopwise.explanations.p50),
        p99: one(({ hopwise }) => hopwise.explanations.p99),
      },
      million: one(({ hopwise }) => hopwise.million),
    },
    load: one(({ load }) => load),
  }
}
