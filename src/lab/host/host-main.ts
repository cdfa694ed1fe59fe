import { probeFeatures } from './probe-features.ts'

/**
 * The program that holds a lab. It runs in namespaces of its own, which `unshare` made and which
 * end with it: whatever kills it, nothing of the lab stays. Words: `hold`, or `probe` for a host that
 * only says what the machine lacks; the inode of the machine's network namespace.
 */
const [duty = '', machineInode = ''] = process.argv.slice(2)

// Tools try the kernel out while the rest of the program is still being read.
const probing = probeFeatures()
const { holdLab } = await import('./hold-lab.ts')
await holdLab(duty === 'probe' ? 'probe' : 'hold', BigInt(machineInode), probing)
