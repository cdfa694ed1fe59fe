import type { Verdict } from '#model'

/** What the process says to a script; the same for every command (docs/cli.md). */
export const exitCodes = {
  done: 0,
  /** The question was answered: no. */
  unreachable: 1,
  /** The command line or the input cannot be used. */
  badInput: 2,
  undecided: 3,
  /** An exception nobody expected: EX_SOFTWARE of sysexits.h. */
  bug: 70,
} as const

/** The exit code that stands for a verdict. */
export const verdictExitCodes = {
  reachable: exitCodes.done,
  unreachable: exitCodes.unreachable,
  partial: exitCodes.undecided,
  leaves_model: exitCodes.undecided,
  undetermined: exitCodes.undecided,
} as const satisfies Record<Verdict, number>
