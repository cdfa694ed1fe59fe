/**
 * Installs the system tools that the lab calls, where they are missing, the machine is a Debian one
 * and we are root. Elsewhere it says what is missing and goes on: the proofs that need it then say
 * why they are skipped.
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { say } from './say.mjs'

/** Program → Debian package. */
const tools = new Map([
  ['unshare', 'util-linux'],
  ['nsenter', 'util-linux'],
  ['ip', 'iproute2'],
  ['nft', 'nftables'],
  ['iptables-restore', 'iptables'],
  ['ping', 'iputils-ping'],
])

const missing = [...tools].filter(([program]) => !isInstalled(program))
if (missing.length > 0) install(missing)

/** @param {string} program */
function isInstalled(program) {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return [...folders, '/usr/sbin', '/sbin'].some((folder) => existsSync(join(folder, program)))
}

/** @param {readonly (readonly [program: string, name: string])[]} wanted */
function install(wanted) {
  const programs = wanted.map(([program]) => program).join(', ')
  if (process.getuid?.() !== 0 || !isInstalled('apt-get')) {
    say(`the lab lacks ${programs}; install them to run its proofs`)
    return
  }
  const names = [...new Set(wanted.map(([, name]) => name))]
  say(`installing ${names.join(', ')} for the lab`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], env)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], env)
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function run(command, args, env) {
  const { status } = spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) say(`${command} ${args[0]} failed; the lab’s proofs may be skipped`)
}
