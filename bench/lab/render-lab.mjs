import { median } from '../measure/quantiles.mjs'
import { figure, table } from '../report/markdown-table.mjs'

/** @typedef {'system calls' | 'tools'} Way */
/** @typedef {Readonly<Record<string, number>>} Row milliseconds by step */

/**
 * @typedef {object} Measured
 * @property {number} instances
 * @property {Way} way
 * @property {number} runs
 * @property {readonly Row[]} rows
 */

/** What is asked of a lab, in milliseconds. */
const aims = new Map([
  ['100 up', 600],
  ['500 up', 4_000],
  ['100 down', 200],
  ['500 down', 200],
])

const whole = ['start', 'build', 'up', 'down', 'freed']
const steps = ['namespaces', 'settings', 'cables', 'devices', 'addresses', 'filters']

/**
 * @param {{ readonly machine: string, readonly measured: readonly Measured[], readonly load: readonly [number, number] }} report
 */
export function renderLab({ machine, measured, load }) {
  return `${[
    '# How long a lab takes',
    '',
    `${machine}. Load before ${load[0].toFixed(1)}, after ${load[1].toFixed(1)}.`,
    '',
    'Written by `node bench/lab/run.mjs --write`. One VPC, four vSwitches, ten security groups of twenty rules, one interface an instance. Medians in milliseconds, the smallest and the largest in brackets. *up* is from `startLab` to the built lab, *down* until its process and files are gone; *freed* is how long the kernel goes on clearing up behind it (some 17 ms for each bridge), give or take half a second; whoever wants a new network namespace in that time has to wait.',
    '',
    ...table(['instances', 'by', 'runs', ...whole], measured.map(wholeRow)),
    '',
    ...aimLines(measured),
    '',
    'The steps of *build*; *filters* are loaded beside *cables* to *addresses*.',
    '',
    ...table(['instances', 'by', ...steps], measured.map(stepRow)),
  ].join('\n')}\n`
}

/** @param {Measured} measured */
function wholeRow({ instances, way, runs, rows }) {
  return [String(instances), way, String(runs), ...whole.map((name) => cell(rows, name))]
}

/** @param {Measured} measured */
function stepRow({ instances, way, rows }) {
  return [String(instances), way, ...steps.map((name) => cell(rows, name))]
}

/**
 * @param {readonly Row[]} rows
 * @param {string} name
 */
function cell(rows, name) {
  const values = rows.map((row) => row[name] ?? 0)
  const ends = `${figure(Math.min(...values))}–${figure(Math.max(...values))}`
  return `${figure(median(values))} (${ends})`
}

/** @param {readonly Measured[]} measured */
function aimLines(measured) {
  return measured
    .filter(({ way }) => way === 'system calls')
    .flatMap(({ instances, rows }) =>
      ['up', 'down'].flatMap((name) => {
        const aim = aims.get(`${instances} ${name}`)
        if (aim === undefined) return []
        const found = median(rows.map((row) => row[name] ?? 0))
        const word = found <= aim ? 'met' : 'missed'
        return [`- ${instances} instances ${name}: aim ${aim}, ${figure(found)}: ${word}`]
      }),
    )
}
