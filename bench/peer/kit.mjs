import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * A generated cloud in the kit's own neutral words.
 * @typedef {object} Topology
 * @property {readonly Vpc[]} vpcs
 * @property {readonly { readonly id: string, readonly vpc: string, readonly cidr: string, readonly rt: string }[]} vswitches
 * @property {readonly Eni[]} enis
 * @property {readonly { readonly id: string, readonly vpc: string, readonly rules: readonly Rule[] }[]} sgs
 * @property {readonly { readonly id: string, readonly routes: readonly Route[] }[]} routeTables
 */

/** @typedef {{ readonly id: string, readonly cidr: string, readonly rt: string, readonly natIp: string }} Vpc */

/**
 * @typedef {object} Eni
 * @property {string} id
 * @property {string} vsw its vSwitch
 * @property {string} ip
 * @property {string} mac
 * @property {readonly string[]} sgs
 * @property {string} [eip]
 */

/**
 * @typedef {object} Rule
 * @property {string} id
 * @property {'in' | 'out'} dir
 * @property {number} prio the lower decides; of two equal ones, the drop
 * @property {'accept' | 'drop'} policy
 * @property {'tcp' | 'udp'} proto
 * @property {number} lo
 * @property {number} hi
 * @property {string} [cidr]
 * @property {string} [sg] a group as the peer
 */

/**
 * @typedef {object} Route
 * @property {string} cidr
 * @property {'nat' | 'peering' | 'blackhole'} type
 * @property {string | null} target
 */

/**
 * A question in the kit's words; `k` is its kind, a position in `kinds`.
 * @typedef {object} PeerQuestion
 * @property {string} src
 * @property {string} dst
 * @property {string} dstIp
 * @property {'tcp' | 'udp'} proto
 * @property {number} sport
 * @property {number} dport
 * @property {number} k
 */

/** What the kit's questions ask for, by their kind. */
export const kinds = ['same vSwitch', 'same VPC', 'next VPC', 'any VPC', 'EIP']

/** The arguments of the kit's generator: VPCs, vSwitches in each, interfaces in each of these. */
export const sizes = new Map([
  ['100', [2, 2, 25]],
  ['1k', [5, 4, 50]],
  ['10k', [20, 10, 50]],
  ['100k', [50, 20, 100]],
])

/** @typedef {ReturnType<typeof openKit>} Kit */

/**
 * The folder with OVN's side of the comparison: its generator, its questions and its loader.
 * @param {string} [folder]
 * @throws when there is none
 */
export function openKit(
  folder = fileURLToPath(new URL('../../../shared/bench-ovn/', import.meta.url)),
) {
  if (!existsSync(join(folder, 'queries.mjs'))) {
    throw new Error(`no kit to compare with in ${folder}; name its folder with --kit`)
  }
  /**
   * @param {string} program
   * @param {readonly (string | number)[]} args
   */
  const run = (program, args) => runTool(join(folder, program), args)
  return {
    run,
    /**
     * @param {string} size with the suffix r, every interface draws its own groups
     * @param {string} file
     * @returns {Topology}
     */
    generate(size, file) {
      const dimensions = sizes.get(size.replace(/r$/, ''))
      if (!dimensions) throw new Error(`no size ${size}; there are ${[...sizes.keys()].join(', ')}`)
      run('gen.mjs', [...dimensions, size.endsWith('r') ? 'rand' : 'app', file])
      return JSON.parse(readFileSync(file, 'utf8'))
    },
    /**
     * @param {Topology} topology
     * @param {number} count
     * @returns {Promise<readonly PeerQuestion[]>}
     */
    async questions(topology, count) {
      /** @type {{ readonly mkQueries: (topology: Topology, count: number) => PeerQuestion[] }} */
      const { mkQueries } = await import(pathToFileURL(join(folder, 'queries.mjs')).href)
      return mkQueries(topology, count)
    },
  }
}

/**
 * @param {string} program a script of Node, or an executable
 * @param {readonly (string | number)[]} args
 * @throws with what it wrote when it fails
 */
export function runTool(program, args) {
  const words = args.map(String)
  const isScript = program.endsWith('.mjs')
  const { status, error, stderr } = spawnSync(
    isScript ? process.execPath : program,
    isScript ? [program, ...words] : words,
    { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  )
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr.trim()}`)
}
