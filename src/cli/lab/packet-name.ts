import { languageOf, serviceName, serviceText } from '#findings'
import type { ConcreteQuestion } from '#conformance'
import { formatProtocol, hasPorts } from '#net'

import type { ReportStyle } from '../report/report-style.ts'

/** `i-web-1 → 10.0.2.20 (i-db-1) · TCP 3306`. */
export function packetName(
  { from, to, protocol, destinationPort }: ConcreteQuestion,
  owner: string | undefined,
  { language }: ReportStyle,
): string {
  const start = from.kind === 'address' ? from.address : from.id
  const end = owner === undefined || owner === to ? to : `${to} (${owner})`
  const port = hasPorts(protocol) ? destinationPort : undefined
  const service = serviceText(formatProtocol(protocol), port)
  return `${start} → ${end} · ${serviceName(service, languageOf(language).words)}`
}
