import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { LabAbility, Lack } from '../ability.ts'
import { openProber, openTraceReader } from '../wire/index.ts'
import type { LoadedLibc } from '../wire/libc.ts'
import { loadLibc } from '../wire/load-libc.ts'
import { PARENT_DEATH_SIGNAL } from '../wire/socket-numbers.ts'
import { enterByThread, enterByTool } from './enter-namespace.ts'
import { Host, type HostTools } from './host.ts'
import { LifeFolder, SOCKET_NAME } from './life-folder.ts'
import { parseRequest, writeLine } from './parse-request.ts'
import { smallLacks } from './probe-features.ts'

const SIGKILL = 9

let stays = false
/** One request at a time: what is built by one is what the next one asks. */
let last: Promise<void> = Promise.resolve()

/**
 * Holds a lab in the folder in which the process stands, or only says whether it could. Until it is
 * told to stay, it lives no longer than its standard input and the process that started it.
 */
export async function holdLab(
  duty: 'hold' | 'probe',
  machineInode: bigint,
  probing: Promise<readonly Lack[]>,
): Promise<void> {
  const loaded = await loadLibc()
  bindToStarter(loaded)
  const folder = duty === 'hold' ? new LifeFolder() : undefined
  process.on('exit', () => folder?.remove())
  const missing = await probing
  const ability: LabAbility =
    missing.length > 0
      ? { kind: 'unable', lacks: missing }
      : { kind: 'able', lacks: smallLacks(loaded) }
  if (folder === undefined || ability.kind === 'unable') return tell(ability)
  const host = new Host(await gatherTools(loaded, machineInode))
  createServer((client) => serve(host, loaded, client)).listen(SOCKET_NAME, () => {
    folder.take()
    // Nobody can reach a lab whose folder is gone, or is another's.
    folder.watch(() => process.exit(1))
    process.stdout.write(`${JSON.stringify({ kind: 'ready' })}\n`)
  })
}

/** Says the one thing that it was started for, and ends. */
function tell(ability: LabAbility): void {
  process.stdout.write(`${JSON.stringify(ability)}\n`, () => process.exit(0))
}

/** The kernel ends this process with its starter, even in the middle of a batch; or stdin does. */
function bindToStarter(loaded: LoadedLibc): void {
  if (loaded.kind === 'loaded') loaded.libc.prctl(PARENT_DEATH_SIGNAL, SIGKILL)
  for (const event of ['end', 'error']) process.stdin.on(event, () => stays || process.exit(1))
  process.stdin.resume()
  // Whoever started it may be gone by the time something is said.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => process.exit(0))
}

function leaveStarter(loaded: LoadedLibc): void {
  stays = true
  if (loaded.kind === 'loaded') loaded.libc.prctl(PARENT_DEATH_SIGNAL, 0)
}

async function gatherTools(loaded: LoadedLibc, machineInode: bigint): Promise<HostTools> {
  const options = { machineInode }
  const [opened, trace] = await Promise.all([openProber(options), openTraceReader(options)])
  if (opened.kind === 'refused') throw new Error(opened.why)
  const { prober } = opened
  const entrance = loaded.kind === 'loaded' ? enterByThread(loaded.libc) : enterByTool()
  return { entrance, prober, ...(trace.kind === 'open' ? { reader: trace.reader } : {}) }
}

function serve(host: Host, loaded: LoadedLibc, client: Socket): void {
  const lines = createInterface({ input: client })
  lines.on('line', (line) => {
    last = last.then(() => take(host, loaded, client, line)).catch(() => void client.destroy())
  })
  // A client that was killed resets its connection; the lines repeat the error of their input.
  for (const one of [client, lines]) one.on('error', () => client.destroy())
}

/** Rejects on a line that is no request: whoever writes such a one is cut off. */
async function take(host: Host, loaded: LoadedLibc, client: Socket, line: string): Promise<void> {
  const { nr, request } = parseRequest(line)
  try {
    const answer = await host.answer(request)
    if (request.op === 'stay') leaveStarter(loaded)
    const done = request.op === 'quit' ? () => process.exit(0) : undefined
    client.write(writeLine({ nr, answer }), done)
  } catch (error) {
    client.write(writeLine({ nr, error: explain(error) }))
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
