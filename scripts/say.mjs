/**
 * One short line of progress on stderr; stdout belongs to the answer.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`hopwise: ${text}\n`)
}
