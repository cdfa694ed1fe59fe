/** Preloaded into a process: writes its peak memory to file descriptor 3 when it ends. */

import { writeSync } from 'node:fs'
import { peakMemory } from './process-memory.mjs'

process.on('exit', () => writeSync(3, String(peakMemory())))
