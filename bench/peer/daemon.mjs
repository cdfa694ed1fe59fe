import { connect } from 'node:net'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { runTool } from './kit.mjs'

/** @typedef {import('./kit.mjs').Kit} Kit */
/** @typedef {import('./kit.mjs').Topology} Topology */
/** @typedef {import('./kit.mjs').PeerQuestion} PeerQuestion */

/** How OVN's tracer starts: until its sockets answer. */
const attempts = 1_200
const pause = 100
const nanoseconds = 1_000_000

/** @typedef {Awaited<ReturnType<typeof startDaemon>>} Daemon */

/**
 * OVN with a topology loaded, and its tracing daemon asked over the raw socket: through `ovs-appctl`
 * each question would pay for a process. Everything runs over sockets in `folder`, whose path has to
 * be short (a socket's ends at 107 characters).
 * @param {Kit} kit
 * @param {string} topologyFile
 * @param {Topology} topology
 * @param {string} folder
 */
export async function startDaemon(kit, topologyFile, topology, folder) {
  const stop = () => kit.run('ovn-stop.sh', [folder])
  kit.run('ovn-start.sh', [folder])
  try {
    kit.run('load.mjs', [topologyFile, join(folder, 'nb.sock')])
    const nb = `--db=unix:${join(folder, 'nb.sock')}`
    runTool('ovn-nbctl', [nb, '--wait=sb', '--timeout=400', 'sync'])
    // Without neighbours for the EIPs of other VPCs, the tracer drops what is sent there.
    kit.run('mac-bindings.mjs', [topologyFile, join(folder, 'sb.sock')])
    const control = join(folder, 'trace.ctl')
    const trace = `--unixctl=${control}`
    const pid = join(folder, 'trace.pid')
    const sb = `--db=unix:${join(folder, 'sb.sock')}`
    runTool('ovn-trace', [sb, trace, `--pidfile=${pid}`, '--detach', '--no-chdir'])
    const ask = await openSocket(control)
    const flowOf = flows(topology)
    /** @param {PeerQuestion} question */
    const traceText = (question) => ask('trace', ['--detailed', ...flowOf(question)])
    return {
      stop: () => {
        ask.close()
        stop()
      },
      /** Its memory, in bytes. */
      memory: () => residentMemory(Number(readFileSync(pid, 'utf8'))),
      /**
       * @param {PeerQuestion} question
       * @returns {Promise<{ readonly delivered: boolean, readonly time: number }>} time in nanoseconds
       */
      async trace(question) {
        const begun = performance.now()
        const text = await traceText(question)
        const time = (performance.now() - begun) * nanoseconds
        return { delivered: text.includes(`/* output to "${question.dst}", type "" */`), time }
      },
    }
  } catch (error) {
    stop()
    throw error
  }
}

/**
 * The logical switch and the flow that a question is in OVN's words.
 * @param {Topology} topology
 * @returns {(question: PeerQuestion) => readonly [string, string]}
 */
function flows({ enis }) {
  const byId = new Map(enis.map((eni) => [eni.id, eni]))
  return ({ src, dst, dstIp, proto, sport, dport }) => {
    const from = byId.get(src)
    const to = byId.get(dst)
    if (!from || !to) throw new Error(`${src} or ${dst} is not in the topology`)
    const near = dstIp === to.ip && from.vsw === to.vsw
    const match = [
      `inport == "${src}"`,
      `eth.src == ${from.mac}`,
      `eth.dst == ${near ? to.mac : gatewayMac(from.vsw)}`,
      `ip4.src == ${from.ip}`,
      `ip4.dst == ${dstIp}`,
      'ip.ttl == 64',
      proto,
      `${proto}.src == ${sport}`,
      `${proto}.dst == ${dport}`,
    ]
    return [from.vsw, match.join(' && ')]
  }
}

/**
 * As the kit's loader numbers the router ports: `vsw_<vpc>_<vSwitch>`.
 * @param {string} vswitch
 */
function gatewayMac(vswitch) {
  const [, vpc, place] = vswitch.split('_').map(Number)
  const hex = (/** @type {number} */ number) => number.toString(16).padStart(2, '0')
  return `02:01:00:${hex(vpc)}:${hex(place)}:01`
}

/**
 * A caller of the daemon's control socket: JSON-RPC without any framing, one question at a time.
 * @param {string} path
 */
async function openSocket(path) {
  for (let tries = 0; !existsSync(path); tries++) {
    if (tries > attempts) throw new Error(`nothing listens at ${path}`)
    await setTimeout(pause)
  }
  const socket = connect(path)
  socket.setEncoding('utf8')
  let text = ''
  /** @type {((reply: { readonly result: string | null, readonly error: string | null }) => void) | undefined} */
  let waiting
  socket.on('data', (/** @type {string} */ chunk) => {
    text += chunk
    if (!text.trimEnd().endsWith('}')) return
    const reply = parsed(text)
    if (!reply) return
    text = ''
    waiting?.(reply)
  })
  let id = 0
  /**
   * @param {string} method
   * @param {readonly string[]} params
   * @returns {Promise<string>}
   */
  const ask = (method, params) =>
    new Promise((resolve, reject) => {
      waiting = ({ result, error }) =>
        error === null ? resolve(result ?? '') : reject(new Error(`the daemon says ${error}`))
      socket.write(JSON.stringify({ id: id++, method, params }))
    })
  return Object.assign(ask, { close: () => socket.destroy() })
}

/**
 * @param {string} text
 * @returns {{ readonly result: string | null, readonly error: string | null } | undefined} of half a reply
 */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @param {number} pid */
function residentMemory(pid) {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? 0) * 1_024
}
