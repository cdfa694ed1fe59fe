import type { Line } from '../plan.ts'
import type { Ran, Tool } from './run-tool.ts'

/** Has a batch tool carry out lines. It names the line it stopped at; the line names its resource. */
export async function feedTool(
  tool: Tool,
  lines: readonly Line[],
  act: (tool: Tool) => Promise<Ran>,
): Promise<void> {
  if (lines.length === 0) return
  const ran = await act({ ...tool, input: `${lines.map(({ text }) => text).join('\n')}\n` })
  if (ran.code === 0) return
  const nth = Number(/Command failed -:(\d+)/.exec(ran.errors)?.[1] ?? 0)
  throw refused(lines.at(nth - 1), tool.command, ran.errors.trim())
}

/** The error of a line that the kernel, or its tool, would not carry out. */
export function refused(line: Line | undefined, command: string, why: string): Error {
  const what = line ? `"${line.text}" (${line.of.kind} ${line.of.id})` : command
  return new Error(`the kernel refused ${what}: ${why}`)
}
