/* oxlint-disable max-lines-per-function -- its functions share one buffer, and V8 inlines them (decision 0006) */
import {
  type Answer,
  type AnswerEnd,
  type AnswerError,
  answerFormat,
  type Assumption,
  type Component,
  type FindingRecord,
  type Hop,
  type LegName,
  type Stage,
} from '#model'
import { isKept } from '../evidence/said-evidence.ts'
import { createJsonBytes } from './json-bytes.ts'

/** Writes answers as `JSON.stringify` does, several times faster. */
export interface AnswerWriter {
  readonly text: (answer: Answer | AnswerError) => string
  /** In UTF-8; the next answer overwrites it. */
  readonly bytes: (answer: Answer | AnswerError) => Uint8Array
}

/** Stages whose text is kept: some 25 MB at the most. */
const MOST_STAGES = 250_000

/**
 * A writer of the answers of one analyzer: the stages that many answers share have their text
 * kept (docs/decisions/0012). Fields come in the order in which the
 * analyzer makes them; whoever adds some, stringifies the answer.
 */
export function createAnswerWriter(mostStages = MOST_STAGES): AnswerWriter {
  let stagesKept = 0
  const out = createJsonBytes()
  const { keep, copy, json, quoted, number, comma } = out
  const texts = new WeakMap<Stage, number>()
  const heads = new Map<string, Map<LegName | undefined, number>>()

  /** A piece with a word in it, of which there are few. */
  function pieces(before: string, after: string): (word: string) => void {
    const known = new Map<string, number>()
    return (word) => {
      const at = known.get(word)
      if (at !== undefined) return copy(at)
      const made = keep(before + word + after)
      known.set(word, made)
      copy(made)
    }
  }

  const opening = pieces(`{"kind":"${answerFormat}","from":{"kind":"`, '","id":')
  const to = pieces('},"to":{"kind":"', '","id":')
  const asked = keep(',"asked":')
  const name = keep(',"name":')
  const address = keep(',"address":')
  const placed = keep('},"address":')
  const protocol = keep('},"protocol":')
  const verdict = pieces(',"verdict":"', '","findings":[')
  const hops = keep('],"hops":[')
  const forward = pieces('],"legs":{"forward":"', '","return":"')
  const back = pieces('', '"},"assumptions":[')
  const id = keep('],"id":')
  const closeList = keep(']')
  const port = keep(',"port":')
  const close = keep('}')
  const componentKind = pieces('{"kind":"', '","id":')
  const rule = keep(',"rule":')
  const facts = keep(',"facts":{')
  const factName = pieces('"', '":')
  const nextFact = pieces(',"', '":')
  const closeFacts = keep('}}')
  const thereAt = pieces('{"leg":"forward","at":{"kind":"', '","id":')
  const backAt = pieces('{"leg":"return","at":{"kind":"', '","id":')
  const by = keep(',"interface":')
  const stages = keep(',"stages":[')
  const stagesPlaceless = keep('},"stages":[')
  const closeHop = keep(']}')
  const stageName = pieces('{"stage":"', '","component":')
  const decision = pieces(',"decision":"', '"')
  const packet = keep(',"packet":')
  const finding = keep(',"finding":')
  const assumption = pieces('{"code":"', '","component":')

  /** The kept text of a stage that many answers share; -1 for any other. */
  function keptText(stage: Stage): number {
    const known = texts.get(stage)
    if (known !== undefined) return known
    if (stagesKept >= mostStages || !isKept(stage)) return -1
    stagesKept++
    const made = keep(JSON.stringify(stage))
    texts.set(stage, made)
    return made
  }

  /** Components are too many: one that is looked up is as cold as one that is written. */
  function writeComponent(item: Component): void {
    componentKind(item.kind)
    quoted(item.id)
    if (item.name !== undefined) {
      copy(name)
      quoted(item.name)
    }
    copy(close)
  }

  function writeEnd(end: AnswerEnd): void {
    quoted(end.id)
    copy(asked)
    quoted(end.asked)
    if (end.name !== undefined) {
      copy(name)
      quoted(end.name)
    }
    if (end.address === undefined) return
    copy(address)
    quoted(end.address)
  }

  function writeRule(text: string | undefined): void {
    if (text === undefined) return
    copy(rule)
    quoted(text)
  }

  function writeFacts(given: Readonly<Record<string, string>>): void {
    copy(facts)
    let isFirst = true
    for (const fact in given) {
      if (isFirst) factName(fact)
      else nextFact(fact)
      isFirst = false
      quoted(given[fact])
    }
    copy(closeFacts)
  }

  function writeFinding(record: FindingRecord): void {
    copy(headOf(record))
    writeComponent(record.component)
    writeRule(record.rule)
    writeFacts(record.facts)
  }

  /** Severity and effect hang on the code: what changes between findings of one code is the leg. */
  function headOf({ code, severity, effect, leg }: FindingRecord): number {
    let known = heads.get(code)
    if (known === undefined) heads.set(code, (known = new Map()))
    const at = known.get(leg)
    if (at !== undefined) return at
    const made = keep(
      `${JSON.stringify({ code, severity, effect, leg }).slice(0, -1)},"component":`,
    )
    known.set(leg, made)
    return made
  }

  function writeAssumption(one: Assumption): void {
    assumption(one.code)
    writeComponent(one.component)
    writeFacts(one.facts)
  }

  function writeStage(stage: Stage): void {
    const known = keptText(stage)
    if (known >= 0) return copy(known)
    stageName(stage.stage)
    writeComponent(stage.component)
    decision(stage.decision)
    if (stage.packet !== undefined) {
      copy(packet)
      quoted(stage.packet)
    }
    writeRule(stage.rule)
    if (stage.finding !== undefined) {
      copy(finding)
      number(stage.finding)
    }
    copy(close)
  }

  function writeHop(one: Hop): void {
    const { at, address: place } = one
    if (one.leg === 'forward') thereAt(at.kind)
    else backAt(at.kind)
    quoted(at.id)
    if (at.name !== undefined) {
      copy(name)
      quoted(at.name)
    }
    if (one.interface !== undefined) writeByInterface(one)
    else if (place === undefined) copy(stagesPlaceless)
    else {
      copy(placed)
      quoted(place)
      copy(stages)
    }
    for (let nth = 0; nth < one.stages.length; nth++) {
      if (nth > 0) comma()
      writeStage(one.stages[nth])
    }
    copy(closeHop)
  }

  function writeByInterface({ interface: device, address: place }: Hop): void {
    copy(close)
    if (device !== undefined) {
      copy(by)
      quoted(device)
    }
    if (place !== undefined) {
      copy(address)
      quoted(place)
    }
    copy(stages)
  }

  function writeWhole(answer: Answer): void {
    opening(answer.from.kind)
    writeEnd(answer.from)
    to(answer.to.kind)
    writeEnd(answer.to)
    copy(protocol)
    quoted(answer.protocol)
    verdict(answer.verdict)
    for (let nth = 0; nth < answer.findings.length; nth++) {
      if (nth > 0) comma()
      writeFinding(answer.findings[nth])
    }
    copy(hops)
    for (let nth = 0; nth < answer.hops.length; nth++) {
      if (nth > 0) comma()
      writeHop(answer.hops[nth])
    }
    forward(answer.legs.forward)
    back(answer.legs.return)
    for (let nth = 0; nth < answer.assumptions.length; nth++) {
      if (nth > 0) comma()
      writeAssumption(answer.assumptions[nth])
    }
    writeRest(answer)
    copy(close)
  }

  function writeRest(answer: Answer): void {
    if (answer.id === undefined) copy(closeList)
    else {
      copy(id)
      quoted(answer.id)
    }
    if (answer.port !== undefined) {
      copy(port)
      number(answer.port)
    }
    const { parts, alternatives, cut } = answer
    if (parts !== undefined) json(`,"parts":${JSON.stringify(parts)}`)
    if (alternatives !== undefined) json(`,"alternatives":${JSON.stringify(alternatives)}`)
    if (cut !== undefined) json(`,"cut":${JSON.stringify(cut)}`)
  }

  function write(answer: Answer | AnswerError): void {
    out.begin()
    // What was settled without a walk is short, and has its fields in another order.
    if ('error' in answer || answer.hops.length === 0) json(JSON.stringify(answer))
    else writeWhole(answer)
  }

  return {
    text(answer) {
      write(answer)
      return out.text()
    },
    bytes(answer) {
      write(answer)
      return out.bytes()
    },
  }
}
