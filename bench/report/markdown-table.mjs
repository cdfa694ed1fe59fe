/**
 * A Markdown table; columns of figures are set to the right.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`
  const isFigures = (/** @type {number} */ at) => rows.every((row) => /^[-\d]/.test(row[at] || '0'))
  const rule = head.map((_, at) => (isFigures(at) ? '---:' : '---'))
  return [line(head), line(rule), ...rows.map(line)]
}

/**
 * Three digits that mean something.
 * @param {number} value
 */
export function figure(value) {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}
