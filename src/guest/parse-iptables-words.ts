/** The words of one iptables rule, sorted by who they speak to. */

import { splitWords } from './split-words.ts'
import type { LineWord } from './split-words.ts'

/** One option with what follows it. */
export interface IptablesOption {
  readonly name: string
  readonly values: readonly string[]
  readonly negated: boolean
}

/** A rule taken apart: options of iptables itself, of each `-m`, of the target. */
export interface IptablesRule {
  readonly base: readonly IptablesOption[]
  readonly modules: readonly IptablesPart[]
  /** Absent: the rule only counts. */
  readonly target?: IptablesPart & { readonly how: 'jump' | 'goto' }
}

/** An extension and its options. */
export interface IptablesPart {
  readonly name: string
  readonly options: readonly IptablesOption[]
}

/** Takes a line apart; undefined if a quote is open or a word belongs to nothing. */
export function parseIptablesWords(line: string): IptablesRule | undefined {
  const words = splitWords(line)
  const options = words && groupOptions(words)
  return options && sortOptions(options)
}

const isOption = ({ text, quoted }: LineWord) => !quoted && /^--?[a-zA-Z]/.test(text)

const isNot = (word: LineWord | undefined) =>
  word !== undefined && !word.quoted && word.text === '!'

interface OpenOption {
  readonly name: string
  readonly values: string[]
  negated: boolean
}

function groupOptions(words: readonly LineWord[]): readonly IptablesOption[] | undefined {
  const options: OpenOption[] = []
  let negate = false
  for (const word of words) {
    const last = options.at(-1)
    if (isNot(word)) negate = true
    else if (isOption(word)) {
      options.push({ name: word.text, values: [], negated: negate })
      negate = false
    } else if (!last) return undefined
    else {
      // `--dport ! 22`: the way of versions before 1.4.3.
      if (negate) last.negated = true
      negate = false
      last.values.push(word.text)
    }
  }
  return negate ? undefined : options
}

/** Long names by the short ones of iptables itself. */
const baseOptions: Readonly<Record<string, string>> = {
  '-A': 'append',
  '-s': 'source',
  '--source': 'source',
  '--src': 'source',
  '-d': 'destination',
  '--destination': 'destination',
  '--dst': 'destination',
  '-i': 'in',
  '--in-interface': 'in',
  '-o': 'out',
  '--out-interface': 'out',
  '-p': 'protocol',
  '--protocol': 'protocol',
  '--proto': 'protocol',
  '-f': 'fragment',
  '--fragment': 'fragment',
  '-c': 'counters',
  '--set-counters': 'counters',
  '-4': 'ipv4',
  '--ipv4': 'ipv4',
  '-6': 'ipv6',
  '--ipv6': 'ipv6',
}

const partOptions: Readonly<Record<string, 'match' | 'jump' | 'goto'>> = {
  '-m': 'match',
  '--match': 'match',
  '-j': 'jump',
  '--jump': 'jump',
  '-g': 'goto',
  '--goto': 'goto',
}

interface OpenPart {
  readonly name: string
  readonly options: IptablesOption[]
}

function sortOptions(options: readonly IptablesOption[]): IptablesRule | undefined {
  const base: IptablesOption[] = []
  const modules: OpenPart[] = []
  let target: (OpenPart & { readonly how: 'jump' | 'goto' }) | undefined
  let open: OpenPart | undefined
  for (const option of options) {
    const baseName = Object.hasOwn(baseOptions, option.name) && baseOptions[option.name]
    const part = Object.hasOwn(partOptions, option.name) && partOptions[option.name]
    if (baseName) base.push({ ...option, name: baseName })
    else if (part) {
      const [name] = option.values
      if (option.values.length !== 1 || option.negated || name === undefined) return undefined
      open = { name, options: [] }
      if (part === 'match') modules.push(open)
      else if (target) return undefined
      else target = { ...open, how: part }
    } else {
      // An option before any `-m` speaks to the extension of the protocol.
      open ??= implied(base, modules)
      open.options.push(option)
    }
  }
  return { base, modules, ...(target && { target }) }
}

function implied(base: readonly IptablesOption[], modules: OpenPart[]): OpenPart {
  const protocol = base.find(({ name }) => name === 'protocol')?.values[0] ?? 'unnamed'
  const part = { name: protocol, options: [] }
  modules.push(part)
  return part
}
