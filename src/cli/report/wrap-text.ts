import { displayWidth, isWide } from './display-width.ts'

/**
 * Breaks a text into lines of at most `width` columns: at spaces, and between Chinese characters
 * unless that would put a closing mark first or an opening mark last. A word that is wider than a
 * line is cut.
 */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    if (displayWidth(line) + displayWidth(piece.trimEnd()) <= width) {
      line += piece
      continue
    }
    if (line !== '') lines.push(line.trimEnd())
    const cut = cutLong(piece, width)
    lines.push(...cut.slice(0, -1))
    line = cut.at(-1) ?? ''
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()]
}

/** The unbreakable parts of a text, each with the spaces behind it. */
function pieces(text: string): readonly string[] {
  const found: string[] = []
  let piece = ''
  let before = ''
  for (const character of text) {
    if (piece !== '' && mayBreak(before, character)) {
      found.push(piece)
      piece = ''
    }
    piece += character
    before = character
  }
  return piece === '' ? found : [...found, piece]
}

function mayBreak(before: string, after: string): boolean {
  if (after === ' ') return false
  if (before === ' ') return true
  if (closing.test(after) || opening.test(before)) return false
  return isWide(before) || isWide(after)
}

const closing = /[，。；：！？、）》」』】”’,.;:!?)\]}%]/
const opening = /[（《「『【“‘([{]/

function cutLong(piece: string, width: number): readonly string[] {
  if (displayWidth(piece.trimEnd()) <= width) return [piece]
  const parts: string[] = []
  let part = ''
  for (const character of piece) {
    if (part !== '' && displayWidth(part + character) > width) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}
