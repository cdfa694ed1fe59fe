/** Where the kernel put a rule that has a mark: a trace names rules by handle. */
export interface RuleHandle {
  readonly space: string
  readonly family: string
  readonly table: string
  readonly chain: string
  readonly handle: number
  /** Index into the plan's marks. */
  readonly mark: number
}

/** Reads what `nft --echo --handle` prints while it loads a ruleset. */
export function readHandles(space: string, echo: string): readonly RuleHandle[] {
  return echo.split('\n').flatMap((line) => {
    const found = addedRule.exec(line)
    if (!found) return []
    const [, family = '', table = '', chain = '', mark, handle] = found
    return [{ space, family, table, chain, handle: Number(handle), mark: Number(mark) }]
  })
}

const addedRule = /^add rule (\S+) (\S+) (\S+) .*comment "m(\d+)" # handle (\d+)$/
