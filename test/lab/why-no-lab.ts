import { spawnSync } from 'node:child_process'

/** What this machine lacks to hold a lab; undefined if it lacks nothing. */
export function whyNoLab(): string | undefined {
  if (process.platform !== 'linux') return 'no network namespaces on this system'
  for (const tool of ['unshare', 'ip', 'bridge', 'nft']) {
    if (spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0) return `no ${tool} here`
  }
  const rootless = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
  const words = [...rootless, '--net', '--mount', 'nft', 'add', 'table', 'inet', 'probe']
  const { status, stderr } = spawnSync('unshare', words)
  return status === 0 ? undefined : `no network namespaces here: ${stderr.toString().trim()}`
}
