import { figure, table } from './markdown-table.mjs'
import { targets } from './targets.mjs'

/** @typedef {import('../measure/measure-network.mjs').Measured} Measured */
/** @typedef {import('../measure/measure-network.mjs').Latency} Latency */

const million = 1_000_000

/** @param {readonly Measured[]} measured */
export function targetTable(measured) {
  const rows = targets.flatMap(({ interfaces, workload, name, unit, most, of }) =>
    measured
      .filter((one) => one.interfaces === interfaces && (workload ?? one.workload) === one.workload)
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
export function pairTable(measured) {
  const head = [
    'interfaces',
    'workload',
    'places',
    'reachable on TCP 443',
    'prepare ms',
    'first ms',
  ]
  return table(
    [...head, 'one port ms', 'slowest port ms', 'atoms', 'all ports ms'],
    measured.map((one) => {
      const { places, reachable, prepare, first, onePort, slowestPort, atoms, allPorts } = one.pairs
      const counts = [places, reachable].map((count) => count.toLocaleString('en'))
      const times = [prepare, first, onePort, slowestPort].map(figure)
      return [...nameOf(one), ...counts, ...times, String(atoms), figure(allPorts)]
    }),
  )
}

/**
 * How times grow from one size to the next of the same workload: 1 is in proportion to interfaces,
 * 2 to their pairs.
 * @param {readonly Measured[]} measured
 */
export function growthTable(measured) {
  const rows = measured.flatMap((large) => {
    const small = measured
      .filter((one) => one.workload === large.workload && one.interfaces < large.interfaces)
      .at(-1)
    if (!small) return []
    /** @param {(one: Measured) => number} of */
    const exponent = (of) =>
      (Math.log(of(large) / of(small)) / Math.log(large.interfaces / small.interfaces)).toFixed(2)
    const step = `${small.interfaces.toLocaleString('en')} to ${large.interfaces.toLocaleString('en')}`
    const figures = [
      exponent(({ start }) => start.sum),
      exponent(({ decide }) => decide.p50),
      exponent(({ ask }) => ask.p50),
      exponent(({ pairs }) => pairs.onePort),
      exponent(({ pairs }) => pairs.allPorts),
    ]
    return [[step, large.workload, ...figures]]
  })
  if (rows.length === 0) return ['One size was measured.']
  const head = ['interfaces', 'workload', 'file to fabric', 'verdict p50', 'explanation p50']
  return table([...head, 'all pairs, one port', 'all pairs, all ports'], rows)
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
