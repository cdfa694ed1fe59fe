import type { Readable } from 'node:stream'

import type { Progress } from '../progress.ts'
import type { Output } from '../shell.ts'
import type { Answering } from './answer-line.ts'
import { openLineSplitter } from './split-lines.ts'
import type { Line } from './split-lines.ts'
import { openBatchWriter } from './write-batches.ts'

/** A stream of question lines. */
export interface QuestionStream {
  readonly stream: Readable
  /** In bytes, where that is known. */
  readonly size?: number
}

/** How many lines were answered, and how many of those only to say why not. */
export interface Tally {
  readonly lines: number
  /** Questions that could not be asked. */
  readonly refused: number
  /** Questions that a mistake of ours left without an answer. */
  readonly failed: number
  /** What the first of those died of. */
  readonly bug: Error | undefined
}

/**
 * Answers a stream line by line, in order, in bounded memory: nothing more is read until what was
 * answered has been written. Ends early, and quietly, when nobody reads the answers any more.
 */
export async function answerStream(
  { stream, size }: QuestionStream,
  answering: Answering,
  output: Output,
  progress: Progress,
): Promise<Tally> {
  const splitter = openLineSplitter()
  const writer = openBatchWriter(output)
  const begun = Date.now()
  const tally: Writable<Tally> = { lines: 0, refused: 0, failed: 0, bug: undefined }
  let number = 0
  let bytes = 0

  async function answerAll(lines: readonly Line[]): Promise<boolean> {
    for (const line of lines) {
      number += 1
      const { text, refused, bug } = answering(line, number)
      if (text === '') continue
      writer.add(text)
      tally.lines += 1
      if (refused) tally.refused += 1
      if (bug) tally.failed += 1
      tally.bug ??= bug
      if (writer.isFull() && !(await writer.flush())) return false
    }
    return writer.flush()
  }

  try {
    for await (const chunk of chunksOf(stream)) {
      bytes += chunk.length
      if (!(await answerAll(splitter.push(chunk)))) return tally
      progress.report(describe({ lines: tally.lines, bytes, size, elapsed: Date.now() - begun }))
    }
    await answerAll(splitter.end())
  } catch (error) {
    // What was answered before a fault is still an answer.
    await writer.flush()
    throw error
  }
  return tally
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  const chunks: AsyncIterable<unknown> = stream
  for await (const chunk of chunks) {
    if (Buffer.isBuffer(chunk)) yield chunk
    else if (typeof chunk === 'string') yield Buffer.from(chunk)
    else throw new TypeError('a stream of questions must hold bytes')
  }
}

interface State {
  readonly lines: number
  readonly bytes: number
  readonly size: number | undefined
  /** In milliseconds. */
  readonly elapsed: number
}

/** What has been done, how far it is, how long it will take. */
function describe({ lines, bytes, size, elapsed }: State): string {
  const rate = Math.round((lines * 1_000) / Math.max(elapsed, 1))
  const done = `${lines.toLocaleString('en')} answers, ${rate.toLocaleString('en')} a second`
  if (size === undefined || size === 0) return done
  const share = Math.min(bytes / size, 1)
  const left = Math.ceil((elapsed * (1 - share)) / Math.max(share, 0.001) / 1_000)
  return `${Math.floor(share * 100)} %, ${done}, ${left} s left`
}
