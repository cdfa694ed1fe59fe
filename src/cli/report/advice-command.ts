import { printable } from '../printable.ts'
import { displayWidth } from './display-width.ts'
import type { ReportStyle } from './report-style.ts'

/** Advice as the catalogue writes it: a sentence, and the command that ends it after a colon. */
export interface Advice {
  readonly prose: string
  readonly command?: string
}

/** Takes the command off an advice, so that it can be copied by whole lines. */
export function splitAdvice(advice: string): Advice {
  const found = /^(.*[:：])\s*((?:aliyun|sysctl|ip|ss|nft) \S.*)$/s.exec(advice)
  return found === null ? { prose: advice } : { prose: found[1], command: found[2] }
}

/**
 * A command on lines of its own. Where it is too long, lines end in a backslash and the command
 * still works when it is pasted into a shell: a break stands before an option, never inside quotes.
 */
export function commandLines(
  command: string,
  indent: number,
  { width, paint }: ReportStyle,
): readonly string[] {
  const lines: string[] = []
  let line = ' '.repeat(indent)
  let begun = false
  for (const part of optionsOf(printable(command))) {
    const longer = begun ? `${line} ${part}` : line + part
    // Two columns stay free for the backslash.
    if (begun && displayWidth(longer) > width - 2) {
      lines.push(`${line} \\`)
      line = `${' '.repeat(indent + 2)}${part}`
    } else line = longer
    begun = true
  }
  return [...lines, line].map((one) => paint('strong', one))
}

/** The command's words, each option together with its value. */
function optionsOf(command: string): readonly string[] {
  const parts: string[] = []
  for (const [word] of command.matchAll(/(?:'[^']*'|\S)+/g)) {
    const last = parts.pop()
    if (last === undefined) parts.push(word)
    else if (word.startsWith('-')) parts.push(last, word)
    else parts.push(`${last} ${word}`)
  }
  return parts
}
