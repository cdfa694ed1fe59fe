import type { Output, Shell } from '../shell.ts'

/** What a colour stands for. The marks and words beside it say the same. */
export type Tone = 'good' | 'bad' | 'unsure' | 'faint' | 'strong'

/** Puts text in a colour, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string

/**
 * Colour on a terminal only. `NO_COLOR` (no-color.org) turns it off, `FORCE_COLOR` on or, as `0`,
 * off; where both are set, `FORCE_COLOR` wins, as it does in Node.
 */
export function choosePaint(output: Output, env: Shell['env']): Paint {
  return wantsColour(output, env) ? coloured : uncoloured
}

/** For outputs that are read by programs. */
export const uncoloured: Paint = (_tone, text) => text

const coloured: Paint = (tone, text) =>
  text === '' ? text : `\u001b[${codes[tone]}m${text}\u001b[0m`

const codes = {
  good: '32',
  bad: '1;31',
  unsure: '33',
  faint: '2',
  strong: '1',
} as const satisfies Record<Tone, string>

function wantsColour(output: Output, env: Shell['env']): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '')
    return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  return output.isTerminal && TERM !== 'dumb'
}
