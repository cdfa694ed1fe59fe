import { readFileSync } from 'node:fs'

import type { answerFormat, networkFormat } from '#model'

/** The version of Hopwise, of the schemas that it reads and writes, and of the Node below it. */
export function aboutHopwise(): string {
  return [
    `hopwise ${packageVersion()}`,
    `schemas ${networkSchema}, ${answerSchema}`,
    `node ${process.versions.node}`,
  ].join('\n')
}

// Written out because loading the model takes longer than answering; a wrong word does not compile.
const networkSchema: typeof networkFormat = 'hopwise.network/v1'
const answerSchema: typeof answerFormat = 'hopwise.answer/v1'

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const manifest: unknown = JSON.parse(text)
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  if (!known || typeof manifest.version !== 'string') throw new Error('package.json has no version')
  return manifest.version
}
