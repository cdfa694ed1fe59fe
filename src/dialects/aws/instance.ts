import type { Instance } from '#model'

import { idOf } from '../brand.ts'
import { note } from '../note.ts'
import { textOf } from '../spot.ts'
import { wordIn } from '../word.ts'
import { ask } from './ask.ts'
import { identityOf, recordsOf, unreadable } from './reading.ts'
import type { Reading } from './reading.ts'
import { at, here } from './record.ts'
import type { ApiRecord } from './record.ts'

/** `State.Name`; a terminated instance is listed for an hour, and is gone. */
const states = {
  pending: 'Pending',
  running: 'Running',
  stopping: 'Stopping',
  'shutting-down': 'Stopping',
  stopped: 'Stopped',
  terminated: 'gone',
} as const

export function readInstances(reading: Reading): readonly Instance[] {
  return recordsOf(reading, 'instance').flatMap((record) => readInstance(reading, record))
}

/** Its interfaces were deleted with it, so nothing can ask for it. */
export function isTerminated(record: ApiRecord): boolean {
  return wordIn(states, textOf(at(record, 'State', 'Name'))) === 'gone'
}

function readInstance(reading: Reading, record: ApiRecord): Instance[] {
  const call = ask.instance(record.id)
  const word = at(record, 'State', 'Name')
  const state = wordIn(states, textOf(word))
  if (state === 'gone') {
    note(reading, 'info', word, 'instance.terminated', `${record.id} is terminated.`)
    return []
  }
  const vpcId = textOf(at(record, 'VpcId'))
  if (state === undefined || vpcId === undefined) {
    const [spot, what] = state === undefined ? [word, 'the state'] : [here(record), 'its VPC']
    unreadable(reading, 'instance', record, spot, what, call)
    return []
  }
  const zone = textOf(at(record, 'Placement', 'AvailabilityZone'))
  return [
    {
      id: idOf(record.id),
      ...identityOf(record),
      state,
      network: 'vpc',
      vpcId: idOf(vpcId),
      ...(zone !== undefined && { zone }),
      ...osOf(record),
    },
  ]
}

/** `Platform` is `windows` or absent; `PlatformDetails` names the licence. */
function osOf(record: ApiRecord): Pick<Instance, 'os'> {
  const words = [at(record, 'Platform'), at(record, 'PlatformDetails')]
  const text = words.map((spot) => textOf(spot) ?? '').join(' ')
  if (/windows/i.test(text)) return { os: 'windows' }
  return /linux|red hat|suse|ubuntu/i.test(text) ? { os: 'linux' } : {}
}
