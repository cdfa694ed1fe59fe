import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { locateJsonError } from '../../src/cli/loading/locate-json-error.ts'
import { locatePointers } from '../../src/cli/loading/locate-pointers.ts'

describe('where a text stops being JSON', () => {
  test.each([
    ['{"a": 1,}', 1, 9, 'a name in double quotes', '"}"'],
    ['{"a": 1 "b": 2}', 1, 9, '"," or "}"', 'a double quote'],
    ['{\n  "a" 1\n}', 2, 7, '":"', '"1"'],
    ["{'a': 1}", 1, 2, 'a name in double quotes or "}"', '"\'a\'"'],
    ['[1, 2', 1, 6, '"," or "]"', 'the end of the file'],
    ['[1, ,2]', 1, 5, 'a value', '","'],
    ['[', 1, 2, 'a value or "]"', 'the end of the file'],
    ['{"a": tru}', 1, 7, 'a value', '"tru"'],
    ['{"a": 01}', 1, 7, 'a value', '"01"'],
    ['{"a": NaN}', 1, 7, 'a value', '"NaN"'],
    ['{"a": "x\ny"}', 1, 9, 'the closing quote, or an escape such as "\\n"', 'the end of the line'],
    ['{"a": "\\q"}', 1, 8, 'an escape that JSON has, such as "\\n" or "\\u0041"', '"\\q"'],
    ['{"a": "x', 1, 9, 'the closing quote', 'the end of the file'],
    ['{} {}', 1, 4, 'the end of the file', '"{"'],
    ['{"a": \u0000}', 1, 7, 'a value', 'a NUL character'],
    ['<html>', 1, 1, 'a value', '"<html>"'],
    ['', 1, 1, 'a value', 'the end of the file'],
  ])('%j: line %d, column %d', (text, line, column, expected, found) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(locateJsonError(text)).toEqual({ line, column, expected, found })
  })

  test('a fault is found exactly where JSON.parse throws, whatever the text', () => {
    const broken = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '\\', ',', ']', '}', ':', '0', '-', '\n', 'é'),
      )
      .map(
        ([json, at, extra]) =>
          json.slice(0, at % (json.length + 1)) + extra + json.slice((at % (json.length + 1)) + 1),
      )
    fc.assert(
      fc.property(broken, (text) => {
        expect(locateJsonError(text) === undefined).toBe(isJson(text))
      }),
      { numRuns: 3_000 },
    )
  })

  test('values that follow one another are sound only where several may', () => {
    expect(locateJsonError('{"a":1}\n{"b":2}\n', 'several')).toBeUndefined()
    expect(locateJsonError('{"a":1}\n{"b":2}\n')).toMatchObject({ line: 2, column: 1 })
    expect(locateJsonError('{"a":1}\n{"b":}\n', 'several')).toMatchObject({ line: 2, column: 6 })
  })
})

describe('the line of a JSON pointer', () => {
  test('every value of a pretty-printed document is found on its own line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.nat(), { minKeys: 1 }), { minLength: 1 }),
        (rows) => {
          const text = JSON.stringify(rows, undefined, 1)
          const pointers = rows.flatMap((row, index) =>
            Object.keys(row).map(
              (key) => `/${index}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
            ),
          )
          const lines = locatePointers(text, pointers)
          const printed = text.split('\n')
          for (const pointer of pointers) {
            const key = pointer.split('/')[2].replaceAll('~1', '/').replaceAll('~0', '~')
            const line = lines.get(pointer) ?? 0
            expect(printed[line - 1].trim()).toMatch(/^".*": \d+,?$/)
            expect(printed[line - 1]).toContain(JSON.stringify(key))
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a missing value is placed at what would hold it', () => {
    const text = '{\n  "vpc": [\n    {\n      "id": "x"\n    }\n  ]\n}'
    const lines = locatePointers(text, ['', '/vpc/0/cidrs', '/vpc/9', '/nothing/at/all'])
    expect(Object.fromEntries(lines)).toEqual({
      '': 1,
      '/nothing/at/all': 1,
      '/vpc/0/cidrs': 3,
      '/vpc/9': 2,
    })
  })

  test('keys are compared as JSON means them, escapes undone', () => {
    const text = '{\n"a\\u002fb": [\n1,\n2]}'
    expect(locatePointers(text, ['/a~1b/1']).get('/a~1b/1')).toBe(4)
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
