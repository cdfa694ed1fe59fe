import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/**
 * Runs one of this folder's child processes and reads the JSON object that it prints.
 * @param {string} name
 * @param {readonly (string | number)[]} args
 * @param {readonly string[]} [flags] of Node
 * @throws when it fails; its own words go to stderr
 */
export async function measure(name, args, flags = []) {
  const script = fileURLToPath(new URL(`${name}.mjs`, import.meta.url))
  const child = spawn(process.execPath, [...flags, script, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (code !== 0) throw new Error(`measuring ${name} failed (${code})`)
  return JSON.parse(printed)
}

/**
 * Runs the command line as a user would, its output into a file.
 * @param {readonly string[]} args
 * @param {string} output
 * @returns {Promise<{ readonly seconds: number, readonly peak: number }>}
 * @throws when it fails
 */
export async function runCommand(args, output) {
  const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
  const preload = fileURLToPath(new URL('report-peak.mjs', import.meta.url))
  const out = openSync(output, 'w')
  try {
    const begun = performance.now()
    const child = spawn(process.execPath, ['--import', preload, main, ...args], {
      stdio: ['ignore', out, 'inherit', 'pipe'],
    })
    const report = child.stdio[3]
    if (!(report instanceof Readable)) throw new Error('the child has no pipe for its peak memory')
    const [peak, [code]] = await Promise.all([text(report), once(child, 'close')])
    if (code !== 0) throw new Error(`hopwise ${args[0]} ended with ${code}`)
    return { seconds: (performance.now() - begun) / 1_000, peak: Number(peak) }
  } finally {
    closeSync(out)
  }
}
