import type { Line, Space } from '../plan.ts'
import type { DeviceNumbers } from './device-numbers.ts'
import { type BatchTool, encodeLine } from './encode-line.ts'
import type { Entrance } from './enter-namespace.ts'
import { feedTool, refused } from './feed-tool.ts'
import type { RouteMessage } from './netlink-message.ts'
import type { RouteSocket } from './route-socket.ts'
import type { Tool } from './run-tool.ts'

/** Devices, addresses, neighbours, routes and rules of a namespace, in the order of its lines. */
export async function configureSpace(
  entrance: Entrance,
  space: Space,
  devices: DeviceNumbers,
): Promise<void> {
  const socket = entrance.openRouteSocket?.(space.name)
  const inside = (tool: Tool) => entrance.run(space.name, tool)
  try {
    for (const batch of batches) {
      for (const step of stepsOf(space[batch], batch, socket && devices)) {
        if (step.kind === 'tool') await feedTool(tools[batch], step.lines.flatMap(oneByOne), inside)
        else if (socket) sendAll(socket, step.messages)
      }
    }
  } finally {
    socket?.close()
  }
}

const batches: readonly BatchTool[] = ['ip', 'ip6', 'bridge']

const tools: Readonly<Record<BatchTool, Tool>> = {
  ip: { command: 'ip', args: ['-batch', '-'] },
  ip6: { command: 'ip', args: ['-6', '-batch', '-'] },
  bridge: { command: 'bridge', args: ['-batch', '-'] },
}

type Step =
  | { readonly kind: 'tool'; readonly lines: Line[] }
  | { readonly kind: 'messages'; readonly messages: PlannedMessage[] }

interface PlannedMessage {
  readonly line: Line
  readonly message: RouteMessage
}

/** Neighbouring lines that go the same way are one step; without devices, the tool takes all. */
function stepsOf(
  lines: readonly Line[],
  batch: BatchTool,
  devices: DeviceNumbers | undefined,
): readonly Step[] {
  const steps: Step[] = []
  for (const line of lines) {
    const messages = devices && encodeLine(line.text, batch, devices)
    const last = steps.at(-1)
    if (messages === undefined) {
      if (last?.kind === 'tool') last.lines.push(line)
      else steps.push({ kind: 'tool', lines: [line] })
      continue
    }
    const planned = messages.map((message) => ({ line, message }))
    if (last?.kind === 'messages') last.messages.push(...planned)
    else steps.push({ kind: 'messages', messages: planned })
  }
  return steps
}

/** A device that comes up in the same line may be ahead of its mode of address generation. */
function oneByOne(line: Line): readonly Line[] {
  const found = /^(link set (\S+) .*\baddrgenmode none\b.*) up$/.exec(line.text)
  const [, first, device] = found ?? []
  if (first === undefined || device === undefined) return [line]
  return [first, `link set ${device} up`].map((text) => ({ ...line, text }))
}

function sendAll(socket: RouteSocket, messages: readonly PlannedMessage[]): void {
  const refusal = socket.send(messages.map(({ message }) => message))
  if (refusal) throw refused(messages[refusal.nth]?.line, 'ip', refusal.why)
}
