import type { ConcreteQuestion } from '#conformance'
import { formatProtocol, hasPorts, PROTOCOL } from '#net'

/** The command that asks the analyzer the same once more; undefined where no file was named. */
export function againCommand(
  { from, to, protocol, sourcePort, destinationPort }: ConcreteQuestion,
  source: string | undefined,
): string | undefined {
  if (source === undefined) return undefined
  const scope = from.kind === 'address' ? from.vpcId : undefined
  const words = [
    ['--network', source],
    ['--from', from.kind === 'address' ? from.address : from.id],
    ['--to', to],
    ['--protocol', protocol === PROTOCOL.icmpv6 ? 'icmp' : formatProtocol(protocol)],
    ...(hasPorts(protocol)
      ? [
          ['--port', String(destinationPort)],
          ['--source-port', String(sourcePort)],
        ]
      : []),
    ...(scope === undefined ? [] : [['--scope', scope]]),
  ]
  return ['hopwise diagnose', ...words.map(([option, value]) => `${option} ${quoted(value)}`)].join(
    ' ',
  )
}

function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
