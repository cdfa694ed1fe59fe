import type { Network } from '#model'

/**
 * A network file in pieces of some ten kilobytes, one resource a line: files of any size can be
 * written, compared line by line, and named by line in a message.
 */
export function* networkText(network: Network): Generator<string> {
  let piece = '{'
  let first = true
  for (const [field, value] of Object.entries(network)) {
    piece += `${first ? '' : ','}\n  ${JSON.stringify(field)}: `
    first = false
    if (!Array.isArray(value) || value.length === 0) {
      piece += JSON.stringify(value)
      continue
    }
    const items: readonly unknown[] = value
    for (const [index, item] of items.entries()) {
      piece += `${index === 0 ? '[' : ','}\n    ${JSON.stringify(item)}`
      if (piece.length < pieceLength) continue
      yield piece
      piece = ''
    }
    piece += '\n  ]'
  }
  yield `${piece}\n}\n`
}

const pieceLength = 32_768
