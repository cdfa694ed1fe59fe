import { usualQuestions, verifyQuestions, portsOf, outsideHosts } from '#conformance'
import type { StandingLab, ConcreteQuestion } from '#conformance'
import { compilePlan, LabEnded } from '#lab'
import { parseNetwork } from '#model'
import type { Question } from '#model'

import { chooseLanguage } from '../choose-language.ts'
import { isGiven, optionText } from '../command.ts'
import type { Arguments } from '../command.ts'
import { accept } from '../complaint.ts'
import type { Complaint } from '../complaint.ts'
import { exitCodes } from '../exit-code.ts'
import { openProgress } from '../progress.ts'
import type { Progress } from '../progress.ts'
import { choosePaint } from '../report/paint.ts'
import type { Shell } from '../shell.ts'
import { clearLeftovers } from './clear-leftovers.ts'
import { explainMachine } from './explain-machine.ts'
import { readLabName } from './lab-name.ts'
import { unjudgedClouds } from '../loading/unjudged-clouds.ts'
import { thisMachine } from './lab-machine.ts'
import type { LabMachine } from './lab-machine.ts'
import { notUp } from './lab-shell.ts'
import { asLabNetwork, openLabNetwork } from './open-lab-network.ts'
import type { LabNetwork } from './open-lab-network.ts'
import { readQuestions } from './read-questions.ts'
import { refuseLab } from './refuse-lab.ts'
import { takeLab } from './take-lab.ts'
import { tallyOf } from './verification.ts'
import type { Verification } from './verification.ts'
import { verificationJson } from './verify-json.ts'
import { analyzerOf } from './verify-questions.ts'
import { verifyReport } from './verify-report.ts'

const speaker = 'hopwise lab verify'

/** `hopwise lab verify`: the same questions to paper and wire. */
export async function labVerify(
  given: Arguments,
  shell: Shell,
  machine: LabMachine = thisMachine,
): Promise<number> {
  const language = chooseLanguage(optionText(given, 'language'), shell.env)
  if (!language.ok) return refuseLab(language.complaint, speaker, given, shell)
  const progress = openProgress(shell)
  try {
    const verified = await verify(given, shell, machine, progress)
    progress.end()
    if (!verified.ok) return refuseLab(verified.complaint, speaker, given, shell)
    const text = isGiven(given, 'json')
      ? `${JSON.stringify(verificationJson(verified.value), undefined, 2)}\n`
      : verifyReport(verified.value, {
          language: language.value,
          detail: 'short',
          width: Math.min(Math.max(shell.stdout.columns ?? 80, 48), 100),
          paint: choosePaint(shell.stdout, shell.env),
        })
    shell.stdout.write(text)
    return exitCodeOf(verified.value)
  } finally {
    progress.end()
  }
}

function exitCodeOf(verification: Verification): number {
  const { asked, disagree, unmeasured } = tallyOf(verification)
  if (disagree > 0) return exitCodes.unreachable
  return asked > unmeasured ? exitCodes.done : exitCodes.undecided
}

async function verify(
  given: Arguments,
  shell: Shell,
  machine: LabMachine,
  progress: Progress,
): Promise<Verified> {
  const name = readLabName(optionText(given, 'name'))
  if (!name.ok) return name
  const file = optionText(given, 'questions')
  const read = file === undefined ? undefined : await readQuestions(file, shell)
  if (read && !read.ok) return read
  clearLeftovers(machine, shell)
  const opened = await openNetwork(given, shell, machine, progress, name.value)
  if (!opened.ok) return opened
  const unjudged = unjudgedClouds(given.operands[0] ?? name.value, opened.value.network)
  if (unjudged) return unjudged
  return ask({ machine, shell, progress }, name.value, opened.value, {
    source: given.operands[0],
    questions: read?.value,
  })
}

type Verified =
  | { readonly ok: true; readonly value: Verification }
  | { readonly ok: false; readonly complaint: Complaint }

/** The network that was named, or that of the lab. */
async function openNetwork(
  given: Arguments,
  shell: Shell,
  machine: LabMachine,
  progress: Progress,
  name: string,
) {
  const [path] = given.operands
  if (path !== undefined) return openLabNetwork(path, shell, progress)
  const kept = machine.isUp(name) ? machine.kept(name) : undefined
  const parsed = kept && parseNetwork(JSON.parse(kept.network))
  if (!parsed?.ok) return { ok: false, complaint: notUp(name, machine) } as const
  return accept(asLabNetwork(parsed.network))
}

interface Outside {
  readonly machine: LabMachine
  readonly shell: Shell
  readonly progress: Progress
}

interface Asked {
  readonly source: string | undefined
  /** Absent: those that the network raises. */
  readonly questions: readonly Question[] | undefined
}

async function ask(
  { machine, shell, progress }: Outside,
  name: string,
  opened: LabNetwork,
  { source, questions }: Asked,
): Promise<Verified> {
  const { network, text } = opened
  progress.report('compiling the network…')
  const { analyzer, narrow } = analyzerOf(network)
  const given = questions && narrow(questions)
  const hosts = given?.hosts ?? outsideHosts(network)
  const plan = compilePlan(network, { publicHosts: hosts })
  const usual = given ? undefined : usualQuestions(network, plan)
  const packets: readonly ConcreteQuestion[] = given?.questions ?? usual?.questions ?? []
  const passedOver = given?.passedOver ?? []
  const about = { source, passedOver, usual, leftOut: plan.unrealised }
  // Without a packet to send there is no need to find out whether the machine could.
  if (packets.length === 0) return accept({ ...about, results: [] })
  const ports = portsOf(
    network,
    packets.map((question) => ({ question })),
  )
  const order = { name, plan, ports, text, hosts }
  const lab = await takeLab(machine, order, shell, progress)
  if (!lab.ok) return lab
  try {
    const standing: StandingLab = { ...lab.value, network }
    const results = await verifyQuestions(standing, analyzer, packets, (done) =>
      progress.report(
        `${done.toLocaleString('en')} of ${packets.length.toLocaleString('en')} asked…`,
      ),
    )
    return accept({ ...about, results })
  } catch (error) {
    if (error instanceof LabEnded) return { ok: false, complaint: explainMachine(error) }
    throw error
  } finally {
    await lab.value.leave()
  }
}
