import { readdirSync, readlinkSync, statSync } from 'node:fs'

/** Where a host keeps the names of its namespaces, in its own mount namespace. */
const NAMES = '/run/netns'

/**
 * Processes that stand in a namespace of a lab, by number: shells that people opened there and what
 * they started. Such a process would keep its namespace alive after the lab has ended. They can
 * only have come through `lab shell`: nothing else of this machine knows the namespaces.
 */
export function findInhabitants(hostPid: number): readonly number[] {
  const inside = namespacesOf(hostPid)
  return numbersIn('/proc').filter((pid) => {
    const link = linkOf(pid)
    return pid !== hostPid && pid !== process.pid && link !== undefined && inside.has(link)
  })
}

function namespacesOf(hostPid: number): ReadonlySet<string> {
  const folder = `/proc/${hostPid}/root${NAMES}`
  try {
    const inodes = readdirSync(folder).map((name) => statSync(`${folder}/${name}`).ino)
    return new Set(inodes.map((inode) => `net:[${inode}]`))
  } catch {
    return new Set()
  }
}

function numbersIn(folder: string): readonly number[] {
  return readdirSync(folder).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
}

function linkOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`)
  } catch {
    return undefined
  }
}
