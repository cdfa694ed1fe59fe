/**
 * Columns that a text takes on a terminal: two for East Asian wide characters and emoji, none for
 * combining marks (UAX #11; ambiguous ones count one, as terminals do outside East Asian locales).
 */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** Whether a line may be broken beside this character although no space stands there. */
export function isWide(character: string): boolean {
  return wide.test(character)
}

function characterWidth(character: string): number {
  if (zero.test(character)) return 0
  return wide.test(character) ? 2 : 1
}

const plain = /^[\u0020-\u007e]*$/
const zero = /^[\p{Mn}\p{Me}\p{Cf}]/u
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u
