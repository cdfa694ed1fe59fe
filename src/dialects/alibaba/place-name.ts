import { child, textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import type { Answer } from './unfold.ts'

/** Written where no source names the region or the account. */
export const unknownPlace = 'unknown'

/** The region an answer is about, by its own word or else by a folder or key above it. */
export function answerRegion({ spot, keys }: Answer): string | undefined {
  return textOf(child(spot, 'RegionId')) ?? folderRegion(keys)
}

/** The account that an answer was given to, by its folder. */
export function answerAccount({ keys }: Answer): string | undefined {
  const numbered = keys.findLast((key) => /^\d{12,20}$/.test(key))
  return followerOf(keys, 'accounts') ?? numbered
}

/** `cn-hangzhou-b` → `cn-hangzhou`, `us-west-1a` → `us-west-1`. */
export function zoneRegion(spot: Spot): string | undefined {
  const zone = textOf(spot)
  if (zone === undefined) return undefined
  return /^([a-z-]+-\d+)[a-z]$/.exec(zone)?.[1] ?? /^([a-z-]+)-[a-z]$/.exec(zone)?.[1]
}

/** A name that is a region's; below `accounts/<account>/`, also one that only might be. */
function folderRegion(keys: readonly string[]): string | undefined {
  const named = keys.flatMap((key) => key.split(/[._@]/)).findLast((key) => regionLike.test(key))
  const account = followerOf(keys, 'accounts')
  const below = account === undefined ? undefined : followerOf(keys, account)
  return named ?? (below !== undefined && /^[a-z]{2}-[a-z0-9-]+$/.test(below) ? below : undefined)
}

/**
 * Region ids of the mainland are `cn-<city>`, elsewhere `<area>-<direction>-<n>`. A folder of the
 * first form with an unknown city (`cn-data`) is more likely not a region.
 */
const regionLike =
  /^(?:cn-(?:qingdao|beijing|zhangjiakou|huhehaote|wulanchabu|hangzhou|shanghai|nanjing|fuzhou|shenzhen|heyuan|guangzhou|chengdu|hongkong|wuhan|zhengzhou|north)(?:-[a-z0-9-]+)?|(?:ap|us|eu|me|na|sa|af)-[a-z]+-\d+)$/

/** The folder below the given one; the last key is a file name or a key of an answer. */
function followerOf(keys: readonly string[], key: string): string | undefined {
  const index = keys.lastIndexOf(key)
  return index < 0 || index + 2 > keys.length - 1 ? undefined : keys[index + 1]
}
