import { textOf } from '../spot.ts'
import type { Spot } from '../spot.ts'
import type { Answer } from './unfold.ts'

/** Written where no source names the region or the account. */
export const unknownPlace = 'unknown'

/** The region an answer is about, by a folder, file name or key above it. */
export function answerRegion({ keys }: Answer): string | undefined {
  return keys.flatMap((key) => key.split(/[._@]/)).findLast((key) => regionLike.test(key))
}

/** The account that an answer was given to: the folder below `accounts`, or twelve digits. */
export function answerAccount({ keys }: Answer): string | undefined {
  const index = keys.lastIndexOf('accounts')
  const below = index < 0 || index + 2 > keys.length - 1 ? undefined : keys[index + 1]
  return below ?? keys.findLast((key) => /^\d{12}$/.test(key))
}

/** `us-east-2b` → `us-east-2`; local and wavelength zones (`us-west-2-lax-1a`) as well. */
export function zoneRegion(spot: Spot): string | undefined {
  return /^[a-z]{2}(?:-[a-z]+)+-\d+/.exec(textOf(spot) ?? '')?.[0]
}

/** Region and account of an ARN: `arn:aws:ec2:us-east-2:111122223333:subnet/subnet-1`. */
export function arnPlace(text: string | undefined): { region?: string; account?: string } {
  const [, region = '', account = ''] = /^arn:[\w-]+:[\w-]+:([\w-]*):(\d*):/.exec(text ?? '') ?? []
  return { ...(region !== '' && { region }), ...(account !== '' && { account }) }
}

const regionLike = /^(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov|-iso[bef]?)?-[a-z]+-\d+$/
