/**
 * The process that the prober without koffi starts in each namespace: orders come in, one to a line,
 * and replies go out. It ends with its standard input, so it cannot outlive whoever started it.
 */

import { createInterface } from 'node:readline'
import { listenWithNode } from './listen-with-node.ts'
import type { Order, Reply } from './order.ts'
import { parseOrder } from './parse-order.ts'
import { probeWithNode } from './probe-with-node.ts'

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const order = parseOrder(line)
  if (order !== undefined) void answer(order)
})
lines.on('close', () => process.exit(0))

async function answer(order: Order): Promise<void> {
  process.stdout.write(`${JSON.stringify(await carryOut(order))}\n`)
}

async function carryOut(task: Order): Promise<Reply> {
  const { order } = task
  try {
    if (task.kind === 'listen')
      return { kind: 'listened', order, result: await listenWithNode(task.listener) }
    return { kind: 'probed', order, outcome: await probeWithNode(task.probe, task.timeoutMs) }
  } catch (error) {
    const failure = { kind: 'not_measured', why: String(error) } as const
    if (task.kind === 'listen') return { kind: 'listened', order, result: failure }
    return { kind: 'probed', order, outcome: failure }
  }
}
