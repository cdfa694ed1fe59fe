/**
 * Text from outside on its way to a terminal: control characters, which could move the cursor or
 * forge lines, and marks that reorder text are shown as `\u{…}`.
 */
export function printable(text: string): string {
  if (!unsafe.test(text)) return text
  return text.replaceAll(everyUnsafe, (mark) => `\\u{${mark.charCodeAt(0).toString(16)}}`)
}

// C0, DEL and C1; line and paragraph separator; bidirectional embeddings, overrides and isolates.
// oxlint-disable-next-line no-control-regex -- finding them is the point
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/u
const everyUnsafe = new RegExp(unsafe.source, 'gu')
