import { test } from 'vitest'
import { randomNetwork } from '../oracle/random-network.ts'
import { compileFabric } from '#fabric'
function seeded(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) | 0
    let t = Math.imul(s ^ (s >>> 15), 1 | s)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
test('dump it now', () => {
  const show = (n: number, inst: string) => {
    const net = randomNetwork(seeded(n + 1000))
    const f = compileFabric(net)
    const i = net.instance!.findIndex((x) => x.id === inst)
    console.log(inst, JSON.stringify(net.networkInterface!.filter((e) => e.instanceId === inst)), JSON.stringify(net.guests?.filter((g) => g.instanceId === inst)), f.instances.offsets[i], [...f.instances.ports.subarray(f.instances.offsets[i], f.instances.offsets[i + 1])].map((p) => net.networkInterface![p].id))
  }
  show(43, 'i-3-6'); show(9, 'i-3-1'); show(55, 'i-1-1'); show(20, 'i-4-7')
})
