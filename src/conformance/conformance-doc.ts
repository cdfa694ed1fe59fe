import { type Explanation, explanations } from './explanations.ts'
import { type Figures, percent } from './figures.ts'
import { lessons } from './lessons.ts'

/** docs/conformance.md: the figures of the last long run, and what is known about differences. */
export function conformanceDoc(figures: Figures): string {
  return `${[
    '# Conformance',
    '',
    'The analyzer’s answers held against real packets in Linux namespaces. Written by `npm run docs`',
    'from the tables in `src/conformance/` and the figures of the last long run in',
    '`docs/conformance.json` (`npm run conformance -- --probes N --seed S --faults --write`). Every',
    '`npm run proof` repeats a shorter run and fails where it differs.',
    '',
    '## The last long run',
    '',
    ...figuresTable(figures),
    '',
    `Seed ${figures.seed}, ${figures.seconds} s on ${figures.machine}. Questions are drawn at random and`,
    'chosen so that every second one gets through and rare features come first. The deciding rule of a',
    'blocked probe is read from nftables’ own trace or from the route that the kernel took.',
    '',
    '## What was probed',
    '',
    ...table(
      ['feature', 'share of the probes'],
      Object.entries(figures.features).map(([name, count]) => [
        name,
        percent(count, figures.probes),
      ]),
    ),
    '',
    '## Known differences',
    '',
    ...knownDifferences(),
    '',
    ...faultSections(figures),
    '## What real packets taught',
    '',
    ...table(
      ['the wire showed', 'mended'],
      lessons.map(({ shown, mended }) => [shown, mended]),
    ),
  ].join('\n')}\n`
}

/** The figures of a run, as this page and the README show them. */
export function figuresTable(figures: Figures): readonly string[] {
  return table(['', ''], summary(figures))
}

function summary(figures: Figures): string[][] {
  const { probes, reachable, blocked, through } = figures
  return [
    ['networks', String(figures.networks)],
    ['probes', String(probes)],
    ['reachable', `${reachable} (${percent(reachable, probes)})`],
    ['verdicts that differ, unexplained', String(figures.mismatches)],
    ['verdicts that differ, explained', String(figures.explained)],
    [
      'blocked probes whose deciding rule the answer names',
      `${figures.sameRule} of ${blocked} (${percent(figures.sameRule, blocked)})`,
    ],
    [
      '… and names first',
      `${figures.firstRule} of ${blocked} (${percent(figures.firstRule, blocked)})`,
    ],
    ...openRow(figures),
    [
      'probes that got through by the stops of the answer',
      `${figures.sameHops} of ${through} (${percent(figures.sameHops, through)})`,
    ],
  ]
}

/** Figures of an older run do not say how many there were. */
function openRow({ incomparable, blocked }: Figures): string[][] {
  if (incomparable === undefined) return []
  const all = blocked + incomparable
  return [
    [
      'further blocked probes, not comparable: the answer leaves open what stopped them',
      `${incomparable} of ${all} (${percent(incomparable, all)})`,
    ],
  ]
}

function knownDifferences(): readonly string[] {
  const rows: readonly (readonly [string, Explanation])[] = Object.entries(explanations)
  if (rows.length === 0)
    return [
      'None is accepted: every difference is a mistake of one side or the other, and stays one until mended.',
    ]
  return table(
    ['name', 'why', 'smallest scenario'],
    rows.map(([name, { says, scenario }]) => [
      `\`${name}\``,
      says,
      `[${scenario}](../scenarios/${scenario}/)`,
    ]),
  )
}

function faultSections({ faults }: Figures): readonly string[] {
  if (!faults) return []
  const shown = faults.fabric.filter(({ shownBy }) => shownBy > 0)
  const unseen = faults.fabric.filter(({ shownBy }) => shownBy === 0)
  return [
    '## Planted mistakes',
    '',
    'Each of these was made on purpose; the first 20,000 probes of the run have to notice it.',
    '',
    `In the fabric: ${shown.length} packet semantics, each left out in turn.`,
    '',
    ...table(
      ['left out', 'what it says', 'probes that contradict'],
      shown.map(({ semantic, says, shownBy }) => [`\`${semantic}\``, says, String(shownBy)]),
    ),
    '',
    `Without a contradiction in this run: ${unseen.map(({ semantic }) => `\`${semantic}\``).join(', ')}.`,
    '',
    `In the lab: ${faults.lab.length} mistakes of its own compiler.`,
    '',
    ...table(
      ['mistake', 'what it does', 'noticed after'],
      faults.lab.map(({ name, says, noticedAfter }) => [
        name,
        says,
        noticedAfter === undefined ? 'not noticed' : `${noticedAfter} probes`,
      ]),
    ),
    '',
  ]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}
