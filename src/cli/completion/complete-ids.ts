import { stat } from 'node:fs/promises'

import { loadNetwork } from '../loading/load-network.ts'
import { systemErrorCode } from '../loading/system-error.ts'
import { silent } from '../progress.ts'

/** Larger files would let a person wait at every press of Tab. */
const largestRead = 30_000_000
const mostOffered = 300

/** Ids in a network that begin with `prefix`: of endpoints of a question, or of VPCs. */
export async function completeIds(
  path: string,
  wanted: 'endpoint' | 'vpc',
  prefix: string,
): Promise<readonly string[]> {
  if (await isLarge(path)) return []
  const loaded = await loadNetwork(path, silent)
  if (!loaded.ok) return []
  const { vpc = [], instance = [], networkInterface = [] } = loaded.value.network
  const known =
    wanted === 'vpc' ? idsOf(vpc) : ['internet', ...idsOf(instance), ...idsOf(networkInterface)]
  // Whatever else an id may hold would have to be quoted for the shell.
  const plain = known.filter((id) => id.startsWith(prefix) && /^[\w.:/@-]+$/.test(id))
  return [...new Set(plain)].slice(0, mostOffered)
}

function idsOf(resources: readonly { readonly id: string }[]): readonly string[] {
  return resources.map(({ id }) => id)
}

async function isLarge(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > largestRead
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error
    return true
  }
}
