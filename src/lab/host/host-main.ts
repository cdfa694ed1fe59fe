import { rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { openProber, openTraceReader } from '../wire/index.ts'
import { loadLibc } from '../wire/load-libc.ts'
import { enterByThread, enterByTool } from './enter-namespace.ts'
import { Host, type HostTools } from './host.ts'
import { parseRequest, writeLine } from './parse-request.ts'
import { startTicks } from './process-start.ts'

/**
 * The program that holds a lab. It runs in namespaces of its own, which `unshare` made and which
 * end with it: whatever kills it, nothing of the lab stays. Words: socket, state file, inode of the
 * machine's network namespace. Until it is told to stay, it lives no longer than its standard input.
 */
const [socketPath = '', statePath = '', machineInode = ''] = process.argv.slice(2)

const host = new Host(await gatherTools())
const server = createServer(serve)
server.listen(socketPath, () => {
  writeFileSync(statePath, JSON.stringify({ pid: process.pid, started: startTicks(process.pid) }))
  process.stdout.write('ready\n')
})

let stays = false
process.stdin.on('end', () => stays || end(1))
process.stdin.on('error', () => stays || end(1))
process.stdin.resume()
process.on('SIGTERM', () => end(0))

async function gatherTools(): Promise<HostTools> {
  const options = { machineInode: BigInt(machineInode) }
  const [loaded, opened, trace] = await Promise.all([
    loadLibc(),
    openProber(options),
    openTraceReader(options),
  ])
  if (opened.kind === 'refused') throw new Error(opened.why)
  const { prober } = opened
  const entrance = loaded.kind === 'loaded' ? enterByThread(loaded.libc) : enterByTool()
  return { entrance, prober, ...(trace.kind === 'open' ? { reader: trace.reader } : {}) }
}

function serve(client: Socket): void {
  client.on('error', () => client.destroy())
  createInterface({ input: client }).on('line', (line) => void take(client, line))
}

/** One at a time: what is built by one request is what the next one asks. */
let last: Promise<void> = Promise.resolve()

function take(client: Socket, line: string): Promise<void> {
  last = last.then(async () => {
    const { nr, request } = parseRequest(line)
    try {
      const answer = await host.answer(request)
      if (request.op === 'stay') stays = true
      const done = request.op === 'quit' ? () => end(0) : undefined
      client.write(writeLine({ nr, answer }), done)
    } catch (error) {
      client.write(writeLine({ nr, error: explain(error) }))
    }
  })
  return last
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

function end(code: number): void {
  rmSync(socketPath, { force: true })
  process.exit(code)
}
