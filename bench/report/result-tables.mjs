import { figure, table } from './markdown-table.mjs'
import { targets } from './targets.mjs'

/** @typedef {import('../measure/measure-network.mjs').Measured} Measured */
/** @typedef {import('../measure/measure-network.mjs').Latency} Latency */

const million = 1_000_000

/** @param {readonly Measured[]} measured */
export function targetTable(measured) {
  const rows = targets.flatMap(({ interfaces, name, unit, most, of }) =>
    measured
      .filter((one) => one.interfaces === interfaces)
      .map((one) => {
        const value = of(one)
        const verdict = value <= most ? 'met' : `**missed**, ${(value / most).toFixed(2)} times`
        return [
          name,
          ...nameOf(one),
          `≤ ${figure(most)} ${unit}`,
          `${figure(value)} ${unit}`,
          verdict,
        ]
      }),
  )
  return rows.length === 0
    ? ['None of the sizes that have targets was measured.']
    : table(['target', 'interfaces', 'workload', 'wanted', 'measured', ''], rows)
}

/** @param {readonly Measured[]} measured */
export function startTable(measured) {
  const head = [
    'interfaces',
    'workload',
    'file MB',
    'load',
    'validate',
    'compile',
    'sum',
    'worst sum',
  ]
  return table(
    [...head, 'first verdict', 'first explanation'],
    measured.map((one) => {
      const { load, validate, compile, sum, worstSum, firstVerdict, firstExplanation } = one.start
      const times = [load, validate, compile, sum, worstSum, firstVerdict, firstExplanation]
      return [...nameOf(one), figure(one.fileBytes / million), ...times.map(figure)]
    }),
  )
}

/** @param {readonly Measured[]} measured */
export function weightTable(measured) {
  return table(
    [
      'interfaces',
      'workload',
      'network MB',
      'fabric MB',
      'fabric B per interface',
      'first verdict adds MB',
      'first explanation adds MB',
      'peak MB',
    ],
    measured.map((one) => {
      const { network, fabric, firstVerdict, firstExplanation } = one.weight
      const perInterface = figure(fabric / one.interfaces)
      const added = [firstVerdict, firstExplanation, one.start.peak]
      const megabytes = (/** @type {number} */ bytes) => figure(bytes / million)
      return [
        ...nameOf(one),
        megabytes(network),
        megabytes(fabric),
        perInterface,
        ...added.map(megabytes),
      ]
    }),
  )
}

/** @param {readonly Measured[]} measured */
export function verdictTable(measured) {
  const names = [...new Set(measured.flatMap(({ verdicts }) => Object.keys(verdicts)))]
  return table(
    ['interfaces', 'workload', ...names],
    measured.map((one) => {
      const shares = names.map((name) => `${((one.verdicts[name] ?? 0) * 100).toFixed(1)} %`)
      return [...nameOf(one), ...shares]
    }),
  )
}

/** @param {readonly Measured[]} measured */
export function answerTable(measured) {
  const rows = measured.flatMap((one) => [
    latencyRow(one, 'verdict, resolved', one.decide),
    latencyRow(one, 'verdict, resolved, one source port', one.decideOnePort),
    latencyRow(one, 'verdict from names', one.verdict),
    latencyRow(one, 'explanation as JSON, resolved', one.explain),
    latencyRow(one, 'explanation as JSON from names', one.ask),
  ])
  const head = [
    'interfaces',
    'workload',
    'answer',
    'p50 µs',
    'p99 µs',
    'p99.9 µs',
    'p99 of repeats',
  ]
  return table([...head, 'mean µs', 'million a second', 'bytes'], rows)
}

/**
 * @param {Measured} one
 * @param {string} what
 * @param {Latency} latency
 */
function latencyRow(one, what, { mean, p50, p99, p999, p99Range, bytes }) {
  const micro = (/** @type {number} */ nanoseconds) => figure(nanoseconds / 1_000)
  const size = what.startsWith('explanation') ? figure(bytes) : ''
  const quantiles = [p50, p99, p999].map(micro)
  const range = p99Range.map(micro).join('–')
  return [...nameOf(one), what, ...quantiles, range, micro(mean), figure(1_000 / mean), size]
}

/** @param {readonly Measured[]} measured */
export function commandTable(measured) {
  const rows = measured.flatMap((one) => {
    const { command } = one
    if (!command) return []
    const row = (/** @type {string} */ what, /** @type {typeof command.verdicts} */ run) => [
      ...nameOf(one),
      what,
      run.questions.toLocaleString('en'),
      figure(run.seconds),
      figure((run.seconds / run.questions) * million),
      figure(run.peak / million),
      figure(run.bytes / million),
    ]
    return [row('verdicts only', command.verdicts), row('explained', command.explanations)]
  })
  const head = ['interfaces', 'workload', 'answers', 'questions', 'seconds', 'µs each']
  return table([...head, 'peak MB', 'output MB'], rows)
}

/** @param {Measured} measured */
function nameOf({ interfaces, workload }) {
  return [interfaces.toLocaleString('en'), workload]
}
