import { recordsOf } from './reading.ts'
import type { Reading } from './reading.ts'
import type { ApiRecord } from './record.ts'

/**
 * The ARN of a load balancer that an interface describes as `net/<name>/<id>`, or by the name of a
 * classic one: that of a listed one, or else as ARNs are made.
 */
export function balancerArn(reading: Reading, near: ApiRecord, path: string): string {
  const listed = recordsOf(reading, 'loadBalancer').find(({ id }) =>
    id.endsWith(`:loadbalancer/${path}`),
  )
  if (listed) return listed.id
  const partition = /^(cn|us-gov)-/.exec(near.region)?.[1]
  const aws = partition === undefined ? 'aws' : `aws-${partition}`
  return `arn:${aws}:elasticloadbalancing:${near.region}:${near.account}:loadbalancer/${path}`
}
