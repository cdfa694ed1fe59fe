import { readAws } from '#dialects'
import type { ReadResult, SourceDocument } from '#dialects'

import { objectIn } from './amend-capture.ts'
import type { Json } from './amend-capture.ts'
import { loadFixture } from './load-fixture.ts'

const owner = '111122223333'
export const place = { provider: 'aws', account: owner, region: 'us-east-2' } as const
export const balancerArn = `arn:aws:elasticloadbalancing:us-east-2:${owner}:loadbalancer/net/front/50dc6c495c0c9188`
export const groupArn = `arn:aws:elasticloadbalancing:us-east-2:${owner}:targetgroup/web/73e2d6bc24d8a067`

/** A network interface with one address. */
export const eni = (id: string, subnetId: string, address: string, more: Json = {}): Json => ({
  NetworkInterfaceId: id,
  VpcId: 'vpc-web',
  SubnetId: subnetId,
  AvailabilityZone: 'us-east-2a',
  OwnerId: owner,
  InterfaceType: 'interface',
  Description: '',
  Status: 'in-use',
  SourceDestCheck: true,
  PrivateIpAddress: address,
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address }],
  Ipv6Addresses: [],
  Groups: [],
  TagSet: [],
  ...more,
})

/**
 * What each call prints about one account and region, one file a call as the aws CLI prints it: read
 * as it is, there are no notes and no gaps.
 */
export const awsCapture: readonly SourceDocument[] = loadFixture('harbour').map(
  ({ file, json }) => ({ file: file.replace(/^harbour/, 'aws'), json }),
)

/** The answer of a call, to be changed. */
export function answerOf(name: string): Json {
  const found = awsCapture.find(({ file }) => file === `aws/${name}.json`)
  if (!found) throw new Error(`no answer of ${name}`)
  return objectIn(structuredClone(found.json))
}

/** Elements of a list as objects to change. */
export function elementsIn(json: Json, key: string): Json[] {
  const list = json[key]
  if (!Array.isArray(list)) throw new TypeError(`${key} is no list`)
  return list.map(objectIn)
}

/** The capture without some calls, and with other answers in place of its own. */
export function captureWith(
  replaced: Readonly<Record<string, unknown>>,
  removed: readonly string[] = [],
): readonly SourceDocument[] {
  const gone = new Set([...Object.keys(replaced), ...removed].map((name) => `aws/${name}.json`))
  const rest = awsCapture.filter(({ file }) => !gone.has(file))
  if (rest.length !== awsCapture.length - gone.size) throw new Error('no such answer')
  return [
    ...rest,
    ...Object.entries(replaced).map(([name, json]) => ({ file: `aws/${name}.json`, json })),
  ]
}

/** Reads the capture with one answer changed. */
export function readChanged(name: string, change: (json: Json) => void): ReadResult {
  const json = answerOf(name)
  change(json)
  return readAws(captureWith({ [name]: json }))
}

/** Reads the capture with fields of one element changed. */
export function readWith(name: string, key: string, id: string, fields: Json): ReadResult {
  return readChanged(name, (json) => {
    const element = elementsIn(json, key).find((each) => Object.values(each).includes(id))
    if (!element) throw new Error(`no ${id} in ${key}`)
    Object.assign(element, fields)
  })
}

/** Reads single answers, as if nothing else had been asked. */
export function readOnly(...all: readonly Json[]): ReadResult {
  return readAws(all.map((json, index) => ({ file: `${index}.json`, json })))
}

/** The gaps of a result in one line each: kind, id or `*`, call. */
export function gapLines({ network }: ReadResult): string[] {
  const short = (call: string): string =>
    call.replace(/^aws /, '').replace(/ --region us-east-2$/, '')
  return (network.gaps ?? []).map(({ kind, id, call }) => `${kind} ${id ?? '*'}: ${short(call)}`)
}

/** The notes of a result in one line each: severity and code. */
export function noteLines({ notes }: ReadResult): string[] {
  return notes.map(({ severity, code }) => `${severity} ${code}`)
}
