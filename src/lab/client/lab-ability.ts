import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { LabAbility, Lack } from '../ability.ts'
import { searchPath, startHost } from './start-host.ts'

/**
 * Whether this machine can hold a lab, and what it lacks, tried out in namespaces that are gone when
 * the answer comes. A few tenths of a second; never rejects.
 */
export async function labAbility(): Promise<LabAbility> {
  const missing = missingPrograms()
  if (missing.length > 0) return { kind: 'unable', lacks: missing }
  try {
    const { greeting } = await startHost({ kind: 'probe' })
    return greeting.kind === 'ready' ? { kind: 'able', lacks: [] } : greeting
  } catch (error) {
    return { kind: 'unable', lacks: [explainStart(error)] }
  }
}

/** Program → Debian package. */
const programs = [
  ['unshare', 'util-linux'],
  ['mount', 'mount'],
  ['ip', 'iproute2'],
  ['bridge', 'iproute2'],
  ['nft', 'nftables'],
] as const

/** The programs without which nothing can be tried. */
export function missingPrograms(): readonly Lack[] {
  if (process.platform !== 'linux') {
    return [
      {
        feature: 'Linux',
        why: `this is ${process.platform}`,
        remedy: 'run the lab on a Linux machine',
      },
    ]
  }
  const folders = searchPath().split(delimiter)
  return programs
    .filter(([program]) => !folders.some((folder) => existsSync(join(folder, program))))
    .map(([program, name]) => ({
      feature: `the program ${program}`,
      why: 'it is not installed',
      remedy: `install ${name}`,
    }))
}

/** What a machine says against a host, and what it would take. */
export function explainStart(error: unknown): Lack {
  const why = error instanceof Error ? error.message : String(error)
  const feature = 'namespaces of its own'
  if (process.getuid?.() === 0) {
    return { feature, why, remedy: 'give the container CAP_SYS_ADMIN, or run outside of it' }
  }
  const [path, wanted] = switches.find(([file, value]) => isOther(file, value)) ?? []
  if (path === undefined || wanted === undefined) {
    return { feature, why, remedy: 'run as root, or allow user namespaces to ordinary users' }
  }
  const name = path.replaceAll('/', '.')
  const remedy = `sysctl -w ${name}=${wanted === 'more' ? '10000' : wanted}, or run as root`
  return { feature: 'user namespaces', why: `${why} (${name} forbids them)`, remedy }
}

/** Settings by which distributions forbid user namespaces to ordinary users. */
const switches = [
  ['user/max_user_namespaces', 'more'],
  ['kernel/unprivileged_userns_clone', '1'],
  ['kernel/apparmor_restrict_unprivileged_userns', '0'],
] as const

function isOther(file: string, wanted: string): boolean {
  try {
    const found = readFileSync(`/proc/sys/${file}`, 'utf8').trim()
    return wanted === 'more' ? found === '0' : found !== wanted
  } catch {
    return false
  }
}
