import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Lack } from '../ability.ts'
import type { LoadedLibc } from '../wire/libc.ts'
import { type KernelFeature, kernelFeatures } from './kernel-features.ts'
import { type Ran, run, type Tool } from './run-tool.ts'

/** The namespace that is thrown away. */
const TRIAL = 'trial'

/**
 * Tries everything that a lab needs in a namespace of its own: all at once in one process, and one
 * by one only where that fails. Runs inside the host's namespaces.
 */
export async function probeFeatures(): Promise<readonly Lack[]> {
  if (await tryTogether()) return []
  await run({ command: 'ip', args: ['netns', 'del', TRIAL] })
  const added = await run({ command: 'ip', args: ['netns', 'add', TRIAL] })
  if (added.code !== 0) return [noNamespaces(added)]
  try {
    return await tryOneByOne()
  } finally {
    await run({ command: 'ip', args: ['netns', 'del', TRIAL] })
  }
}

function noNamespaces({ errors }: Ran): Lack {
  return {
    feature: 'named network namespaces',
    why: errors.trim(),
    remedy: 'build the kernel with CONFIG_NET_NS, and install iproute2',
  }
}

type ToolKind = Exclude<KernelFeature['try']['kind'], 'sysctl'>

const tools: Readonly<Record<ToolKind, Tool>> = {
  ip: { command: 'ip', args: ['-batch', '-'] },
  ip6: { command: 'ip', args: ['-6', '-batch', '-'] },
  bridge: { command: 'bridge', args: ['-batch', '-'] },
  nft: { command: 'nft', args: ['-f', '-'] },
}

/** In the order in which the kinds depend on each other. */
const kinds: readonly ToolKind[] = ['ip', 'ip6', 'bridge', 'nft']

async function tryTogether(): Promise<boolean> {
  const paths = kernelFeatures.flatMap((item) =>
    item.try.kind === 'sysctl' ? [item.try.path] : [],
  )
  const files = paths.map((path) => `test -e /proc/sys/${path}`)
  const steps = kinds.map((kind) => {
    const texts = kernelFeatures.flatMap((item) =>
      item.try.kind === kind ? [inputOf(kind, item.try.text)] : [],
    )
    return `${words(tools[kind])} <<'${END}'\n${texts.join('\n')}\n${END}`
  })
  const script = ['set -e', ...files, ...steps].join('\n')
  const whole = `set -e\nip netns add ${TRIAL}\nip netns exec ${TRIAL} sh -s\nip netns del ${TRIAL}`
  const ran = await run({ command: 'sh', args: ['-c', whole], input: `${script}\n` })
  return ran.code === 0
}

const END = 'END OF TRIAL'

function words({ command, args }: Tool): string {
  return [command, ...args].join(' ')
}

function inputOf(kind: ToolKind, text: string): string {
  if (kind !== 'nft' || text.startsWith('table ')) return text
  return `table inet t0 { chain c { type filter hook prerouting priority -300; ${text}; }; }`
}

async function tryOneByOne(): Promise<readonly Lack[]> {
  const lacks: Lack[] = []
  for (const { name, remedy, try: trial } of kernelFeatures) {
    const ran =
      trial.kind === 'sysctl'
        ? await inside({ command: 'test', args: ['-e', `/proc/sys/${trial.path}`] })
        : await inside({ ...tools[trial.kind], input: `${inputOf(trial.kind, trial.text)}\n` })
    if (ran.code === 0) continue
    const said = ran.errors.trim().split('\n')[0] || 'it is not there'
    const what = trial.kind === 'sysctl' ? `/proc/sys/${trial.path}` : trial.text
    lacks.push({ feature: name, why: `${what}: ${said}`, remedy })
  }
  return lacks
}

/** A tool that is not installed is one more thing that failed. */
async function inside({ command, args, input }: Tool): Promise<Ran> {
  try {
    const own = { command: 'ip', args: ['netns', 'exec', TRIAL, command, ...args] }
    return await run({ ...own, ...(input === undefined ? {} : { input }) })
  } catch (error) {
    return { code: 1, output: '', errors: String(error) }
  }
}

/** What a lab can do without, and does then. */
export function smallLacks(loaded: LoadedLibc): readonly Lack[] {
  const lacks: Lack[] = []
  if (loaded.kind === 'absent') {
    lacks.push({
      feature: 'system calls (koffi)',
      why: `${loaded.why}: no traces, no evidence, no GRE, and building takes several times as long`,
      remedy: 'npm install koffi',
    })
  }
  if (!hasProgram('iptables-restore')) {
    lacks.push({
      feature: 'iptables',
      why: 'there is no iptables-restore: guests whose firewall is iptables cannot be built',
      remedy: 'install iptables',
    })
  }
  return [...lacks, ...traceBuffer()]
}

function hasProgram(name: string): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, name)))
}

/** Traces of a batch wait in a socket's buffer; only root over the machine may enlarge it at will. */
const ENOUGH = 4 * 1024 * 1024

function traceBuffer(): readonly Lack[] {
  const isMachineRoot = /^\s*0\s+0\s+4294967295\s*$/.test(
    readFileSync('/proc/self/uid_map', 'utf8'),
  )
  const most = Number(readFileSync('/proc/sys/net/core/rmem_max', 'utf8'))
  if (isMachineRoot || most >= ENOUGH) return []
  return [
    {
      feature: 'room for traces',
      why: `net.core.rmem_max is ${most}: evidence of many probes at once may be incomplete`,
      remedy: `sysctl -w net.core.rmem_max=${ENOUGH}`,
    },
  ]
}
