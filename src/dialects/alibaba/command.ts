import { calls } from './calls.ts'
import { unknownPlace } from './place-name.ts'

/**
 * A call with its arguments as the aliyun CLI takes it: `DescribeVpcs --VpcId vpc-1` becomes
 * `aliyun vpc DescribeVpcs --VpcId vpc-1 --RegionId cn-hangzhou`. Texts of other products pass.
 */
export function commandOf(call: string, region?: string): string {
  const [name, ...rest] = call.split(' ')
  const known = calls.find((each) => each.name === name)
  if (!known) return call
  const remark = rest.findIndex((word) => word.startsWith('('))
  const [options, remarks] = remark < 0 ? [rest, []] : [rest.slice(0, remark), rest.slice(remark)]
  const place = region === undefined || region === unknownPlace ? [] : ['--RegionId', region]
  return ['aliyun', known.product, name, ...options, ...place, ...remarks].join(' ')
}
