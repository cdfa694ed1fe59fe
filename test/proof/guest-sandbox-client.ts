/** The far end of `guest-sandbox.mjs`: a process in a network namespace of its own. */

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readlinkSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** What the kernel said about one packet in one chain. */
export type Trace = readonly [
  table: string,
  chain: string,
  handle: number,
  type: number,
  verdict: number,
]

/** Where the frame or packet is put on the wire, and its bytes. */
export interface Shot {
  readonly via: string
  readonly hex: string
  /** The socket address, for raw sockets. */
  readonly to?: string
}

export interface Hit {
  readonly sent: number
  readonly traces: readonly Trace[]
}

export interface Sandbox {
  /** Runs a program inside; throws with its words if it fails. */
  readonly run: (argv: readonly string[], input?: string) => Promise<string>
  readonly open: (devices: readonly (readonly [string, number])[]) => Promise<void>
  readonly shoot: (shots: readonly Shot[]) => Promise<readonly Hit[]>
  readonly close: () => void
}

const folder = new URL('.', import.meta.url).pathname
const script = new URL('guest-sandbox.mjs', import.meta.url).pathname
const unshareFlags = process.getuid?.() === 0 ? '-n' : '-Urn'

/** What this machine lacks for the proof, in words for a skipped test; undefined: nothing. */
export function lacksForSandbox(): string | undefined {
  if (process.platform !== 'linux') return 'no Linux here'
  if (!canLoadKoffi()) return 'no koffi here'
  for (const tool of [
    'unshare',
    'ip',
    'nft',
    'iptables-nft-restore',
    'ip6tables-nft-restore',
    'conntrack',
  ]) {
    if (spawnSync('which', [tool], { env: toolPath }).status !== 0) return `no ${tool} here`
  }
  const probe = 'nft add table inet t && ip link add a0 type veth peer name b0'
  const { status } = spawnSync('unshare', [unshareFlags, 'sh', '-c', probe], { env: toolPath })
  return status === 0 ? undefined : 'no network namespaces with nftables and veth here'
}

function canLoadKoffi(): boolean {
  return spawnSync(process.execPath, ['-e', 'require("koffi")'], { cwd: folder }).status === 0
}

/** Debian keeps the tools where the path of an ordinary user does not lead. */
const toolPath = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` }

export async function openSandbox(): Promise<Sandbox> {
  const outside = readlinkSync('/proc/thread-self/ns/net')
  const child = spawn('unshare', [unshareFlags, process.execPath, script, outside], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: toolPath,
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ask = async (request: object): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(request)}\n`)
    const line = await lines.next()
    if (line.done === true) throw new Error('the sandbox ended')
    const answer: { ok?: unknown; error?: string } = JSON.parse(line.value)
    if (answer.error !== undefined) throw new Error(`sandbox: ${answer.error}`)
    return answer.ok
  }
  await once(child, 'spawn')
  return {
    run: async (argv, input) => parseRun(argv, await ask({ do: 'run', argv, input })),
    open: async (devices) => void (await ask({ do: 'open', devices })),
    shoot: async (shots) => parseHits(await ask({ do: 'shoot', shots })),
    close: () => child.kill(),
  }
}

function parseRun(argv: readonly string[], answer: unknown): string {
  const { status, stdout, stderr }: { status: number | null; stdout: string; stderr: string } =
    JSON.parse(JSON.stringify(answer))
  if (status !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`)
  return stdout
}

function parseHits(answer: unknown): readonly Hit[] {
  const hits: readonly Hit[] = JSON.parse(JSON.stringify(answer))
  return hits
}
