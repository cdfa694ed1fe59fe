import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

import { exampleNetwork } from './example-network.ts'
import { makeFolder, put, runInMemory } from './run-in-memory.ts'

const folder = makeFolder()
const network = put(folder, 'network.json', exampleNetwork)
const asked = ['--from', 'i-web-1', '--to', 'i-db-1']

const expectation =
  'expected a Hopwise network file ({"kind": "hopwise.network/v1", …}) or answers of cloud calls such as DescribeInstances (Alibaba Cloud), describe-instances (AWS) or az vm list (Azure)'

/** What was typed, and the one line that comes back. `F` stands for the test's folder. */
interface Case {
  readonly given: readonly string[]
  readonly says: string
}

describe('a wrong command line is explained in one line', () => {
  const cases: readonly Case[] = [
    {
      given: ['diagnos'],
      says: 'hopwise: there is no command "diagnos". Did you mean diagnose? See hopwise --help.',
    },
    {
      given: ['diag'],
      says: 'hopwise: there is no command "diag". Did you mean diagnose? See hopwise --help.',
    },
    {
      given: ['x\u001b[31m\ny'],
      says: 'hopwise: there is no command "x\\u{1b}[31m\\u{a}y". See hopwise --help.',
    },
    {
      given: ['help', 'qeury'],
      says: 'hopwise: there is no command "qeury". Did you mean query? See hopwise --help.',
    },
    {
      given: ['--versoin'],
      says: 'hopwise: there is no option --versoin. Did you mean --version? See hopwise --help.',
    },
    {
      given: ['diagnose', '--network', 'x'],
      says: 'hopwise diagnose: missing --from A, --to B. Example: npx hopwise diagnose --network scenarios/first-look/network --from i-web-1 --to i-db-1 --port 3306',
    },
    {
      given: ['diagnose', '--prot', 'tcp'],
      says: 'hopwise diagnose: there is no option --prot. Did you mean --protocol? See hopwise diagnose --help.',
    },
    {
      given: ['diagnose', '--form', 'a'],
      says: 'hopwise diagnose: there is no option --form. Did you mean --from or --port? See hopwise diagnose --help.',
    },
    {
      given: ['diagnose', '--from'],
      says: 'hopwise diagnose: --from <A> needs a value. See hopwise diagnose --help.',
    },
    {
      given: ['diagnose', '--network', network, ...asked, 'stray'],
      says: 'hopwise diagnose: too many words: options begin with --, and a value with spaces needs quotes. See hopwise diagnose --help.',
    },
    {
      given: ['diagnose', '--network', network, ...asked, '--port', '70000'],
      says: 'hopwise diagnose: --port must be a port, a whole number from 1 to 65535, but is 70000.',
    },
    {
      given: ['diagnose', '--network', network, ...asked, '--port', '3306/tcp'],
      says: 'hopwise diagnose: --port must be a whole number from 1 to 65535, but is "3306/tcp".',
    },
    {
      given: ['diagnose', '--network', network, ...asked, '--source-port', '-1'],
      says: 'hopwise diagnose: --source-port must be a whole number from 1 to 65535, but is "-1".',
    },
    {
      given: ['diagnose', '--network', network, ...asked, '--protocol', 'icmp', '--port', '22'],
      says: 'hopwise diagnose: --port must be absent, as only tcp and udp have ports, but is 22.',
    },
    {
      given: ['diagnose', '--network', network, ...asked, '--protocol', '256'],
      says: 'hopwise diagnose: --protocol must be "tcp", "udp", "icmp", "gre", "any" or a protocol number from 0 to 255, but is "256".',
    },
    {
      given: ['diagnose', '--network', network, '--from', '', '--to', 'i-db-1'],
      says: 'hopwise diagnose: --from must be text of at least one character, but is "".',
    },
    {
      given: ['diagnose', '--network', network, ...asked, '--language', 'fr'],
      says: 'hopwise diagnose: --language must be en or zh-CN, but is "fr".',
    },
    {
      given: ['diagnose', '--network', network, '--from', 'i-wbe-1', '--to', 'i-db-1'],
      says: 'hopwise diagnose: from "i-wbe-1" is not an id, a unique name or an address of this network. Did you mean i-web-1 or i-db-1?',
    },
    {
      given: ['import', 'alibaba', '--dir', 'x'],
      says: 'hopwise import: missing --out FILE. Example: npx hopwise import alibaba --dir scenarios/first-look/network --out -',
    },
    {
      given: ['import', 'gcp', '--dir', 'x', '--out', 'y'],
      says: 'hopwise import: "gcp" is none of alibaba, aws, azure. See hopwise import --help.',
    },
    {
      given: ['import', 'alibaba', '--dir', 'F', '--out', 'F/network.json'],
      says: 'hopwise import: cannot write F/network.json: it exists already. Add --force to replace it.',
    },
    {
      given: ['import', 'alibaba', '--dir', 'F', '--out', 'F/no/where.json'],
      says: 'hopwise import: cannot write F/no/where.json: there is no folder F/no.',
    },
    {
      given: ['import', 'alibaba', '--dir', 'F', '--out', 'F', '--force'],
      says: 'hopwise import: cannot write F: it is a folder; name a file in it.',
    },
    {
      given: ['import', 'alibaba', '--dir', 'F/network.json', '--out', '-'],
      says: 'hopwise import: F/network.json is a Hopwise network file already; name it with --network.',
    },
    {
      given: ['completion', 'tcsh'],
      says: 'hopwise completion: "tcsh" is none of bash, zsh, fish. See hopwise completion --help.',
    },
    {
      given: ['completion'],
      says: 'hopwise completion: missing bash|zsh|fish. Example: source <(npx hopwise completion bash)',
    },
    {
      given: ['query', '--network', network, '--questions', 'F/none.jsonl'],
      says: 'hopwise query: cannot read F/none.jsonl: there is no such file or folder.',
    },
    {
      given: ['query', '--network', network, '--questions', 'F'],
      says: 'hopwise query: cannot read F: it is a folder; expected a file of JSON lines, or - for standard input.',
    },
    {
      given: ['query', '--network', 'F/none.json', '--questions', 'F/network.json'],
      says: 'hopwise query: cannot read F/none.json: there is no such file or folder.',
    },
  ]

  test.each(cases)('hopwise $given', async ({ given, says }) => {
    expect(await complaintOf(given)).toBe(says)
  })
})

describe('a wrong network is explained in one line', () => {
  const cases: readonly (readonly [name: string, content: string | Buffer, says: string])[] = [
    ['empty.json', '', `cannot read F/empty.json: it is empty; ${expectation}.`],
    ['blank.json', ' \n\t\n', `cannot read F/blank.json: it is empty; ${expectation}.`],
    [
      'comma.json',
      '{\n  "kind": "hopwise.network/v1",\n}',
      'F/comma.json, line 3, column 1: not JSON: expected a name in double quotes, found "}".',
    ],
    [
      'page.html',
      '<!doctype html>',
      'F/page.html, line 1, column 1: not JSON: expected a value, found "<!doctype".',
    ],
    [
      'cut.json',
      '{"Vpcs": {"Vpc": [{"VpcId": "vpc-1"',
      'F/cut.json, line 1, column 36: not JSON: expected "," or "}", found the end of the file.',
    ],
    [
      'nul.json',
      '{"kind": \u0000}',
      'F/nul.json, line 1, column 10: not JSON: expected a value, found a NUL character.',
    ],
    ['number.json', '42', `cannot use F/number.json: it is JSON, but no network; ${expectation}.`],
    [
      'other.json',
      '{"name": "left-pad"}',
      `cannot use F/other.json: it is JSON, but no network; ${expectation}.`,
    ],
    [
      'lines.jsonl',
      '{"a": 1}\n{"a": 2}\n',
      `cannot use F/lines.jsonl: it holds 2 JSON values, but no network; ${expectation}.`,
    ],
    [
      'utf16.json',
      Buffer.from('\uFEFF{"kind":"hopwise.network/v1"}', 'utf16le'),
      'cannot read F/utf16.json: it is UTF-16; save it as UTF-8.',
    ],
    [
      'packed.json.gz',
      Buffer.from([0x1f, 0x8b, 8, 0]),
      'cannot read F/packed.json.gz: it is compressed with gzip; unpack it first.',
    ],
    [
      'latin1.json',
      Buffer.from('{"kind":\n "caf\u00e9"}', 'latin1'),
      'cannot read F/latin1.json: byte 0xe9 at offset 14 (line 2) is not UTF-8. Save the file as UTF-8.',
    ],
    [
      'deep.json',
      `{"a":\n${'['.repeat(100_000)}`,
      'cannot read F/deep.json: line 2 nests deeper than 200 levels; network data needs fewer than 20. Check that this is the right file.',
    ],
    [
      'v9.json',
      '{"kind": "hopwise.network/v9"}',
      'cannot use F/v9.json, line 1, /kind: The field "kind" must be "hopwise.network/v1", but is "hopwise.network/v9".',
    ],
    [
      'huge-number.json',
      '{"kind": "hopwise.network/v1",\n "vpc": 1e400}',
      'cannot use F/huge-number.json, line 2, /vpc: The field "vpc" must be an array, but is Infinity.',
    ],
  ]

  test.each(cases)('%s', async (name, content, says) => {
    put(folder, name, content)
    const told = await complaintOf(['diagnose', '--network', `F/${name}`, ...asked])
    expect(told).toBe(`hopwise diagnose: ${says}`)
  })

  test('a path that is not there suggests the nearest one beside it', async () => {
    const told = await complaintOf(['diagnose', '--network', 'F/netwrok.json', ...asked])
    expect(told).toBe(
      'hopwise diagnose: cannot read F/netwrok.json: there is no such file or folder. Did you mean F/network.json?',
    )
  })

  test('a managed network is not in this release, and what is, is said', async () => {
    const told = await complaintOf(['diagnose', '--network', 'managed:prod', ...asked])
    expect(told).toBe(
      "hopwise diagnose: cannot use managed:prod: managed networks are not in this release. Name a Hopwise network file, or a file or folder of a cloud's own JSON.",
    )
  })

  test('a network of several clouds is refused', async () => {
    const vpc = { account: '1', region: 'r', cidrs: ['10.0.0.0/16'] }
    const aws = { ...vpc, provider: 'aws', id: 'vpc-a' }
    const file = (name: string, ...vpcs: object[]) =>
      put(makeFolder(), name, { kind: 'hopwise.network/v1', vpc: vpcs })
    const both = file('both.json', { ...vpc, provider: 'alibaba', id: 'vpc-b' }, aws)
    expect((await runInMemory(['diagnose', '--network', both, ...asked])).stderr).toContain(
      'holds resources of alibaba and aws; this release answers for one cloud at a time',
    )
  })

  test('a folder without a network says what was looked for', async () => {
    const empty = makeFolder()
    put(empty, 'readme.txt', 'nothing here')
    const none = await runInMemory(['diagnose', '--network', empty, ...asked])
    expect(none.stderr).toBe(
      `hopwise diagnose: cannot use ${empty}: it holds no *.json or *.jsonl file; ${expectation}.\n`,
    )
    put(empty, 'package.json', { name: 'left-pad' })
    const other = await runInMemory(['diagnose', '--network', empty, ...asked])
    expect(other.stderr).toBe(
      `hopwise diagnose: cannot use ${empty}: it is JSON, but no network; ${expectation}.\n`,
    )
  })

  test('a folder with two Hopwise files asks for one of them', async () => {
    const two = makeFolder()
    put(two, 'a.json', exampleNetwork)
    put(two, 'b.json', exampleNetwork)
    const { code, stderr } = await runInMemory(['diagnose', '--network', two, ...asked])
    expect(code).toBe(2)
    expect(stderr).toBe(
      `hopwise diagnose: cannot use ${two}: it holds 2 Hopwise network files (${join(two, 'a.json')}, ${join(two, 'b.json')}). Name one network.\n`,
    )
  })

  test('every error of a file is placed by line and pointer, twenty are printed, --json has all', async () => {
    const vpc = Array.from({ length: 25 }, (_, index) => ({
      ...exampleNetwork.vpc[0],
      id: `vpc-${index}`,
      cidrs: ['10.0.0.0/99'],
    }))
    const path = put(folder, 'broken.json', { kind: 'hopwise.network/v1', vpc })
    const { code, stderr, stdout } = await runInMemory([
      'diagnose',
      '--network',
      path,
      ...asked,
      '--json',
    ])
    expect(code).toBe(2)
    const lines = stderr.trimEnd().split('\n')
    expect(lines[0]).toBe(`hopwise diagnose: cannot use ${path}: it has 25 errors.`)
    expect(lines[1]).toBe(
      `  ${path}, line 11, /vpc/0/cidrs/0: Item 0 must be an IPv4 range without host bits, such as 10.0.0.0/16, but is "10.0.0.0/99".`,
    )
    expect(lines).toHaveLength(22)
    expect(lines[21]).toBe('  and 5 more')
    const { kind, error } = JSON.parse(stdout)
    expect(kind).toBe('hopwise.answer/v1')
    expect(error.code).toBe('network.invalid')
    expect(error.problems).toHaveLength(25)
    expect(error.problems[0]).toMatchObject({ pointer: '/vpc/0/cidrs/0', line: 11 })
  })
})

test('a misspelt field is named beside the error that it brings about', async () => {
  const [{ cidrs, ...vpc }] = exampleNetwork.vpc
  const path = put(folder, 'slip.json', {
    kind: 'hopwise.network/v1',
    vpc: [{ ...vpc, cidr: cidrs }],
  })
  const { code, stderr } = await runInMemory(['diagnose', '--network', path, ...asked])
  expect(code).toBe(2)
  const [error, ...others] = stderr.trimEnd().split('\n')
  expect(error).toContain('/vpc/0/cidrs: The field "cidrs" is missing')
  expect(others).toEqual([
    `  warning: ${path}, line 10, /vpc/0/cidr: The field "cidr" is not known here and is ignored. Did you mean "cidrs"?`,
  ])
})

describe('hostile files do no harm', () => {
  beforeAll(() => {
    // Sparse: the disk holds nothing of it.
    writeFileSync(join(folder, 'gigabyte.json'), '')
    truncateSync(join(folder, 'gigabyte.json'), 1_000_000_000)
  })

  test('a file of a gigabyte is refused by its size, unread', async () => {
    const before = process.memoryUsage.rss()
    const told = await complaintOf(['diagnose', '--network', 'F/gigabyte.json', ...asked])
    expect(told).toBe(
      'hopwise diagnose: cannot read F/gigabyte.json: it is larger than 512 MB (1000 MB). Split the data, or check that this is the right input.',
    )
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000)
  })

  test.skipIf(process.platform === 'win32')(
    'a pipe as network is refused at once, not waited for',
    async () => {
      const pipe = join(folder, 'pipe.json')
      expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
      expect(await complaintOf(['diagnose', '--network', 'F/pipe.json', ...asked])).toBe(
        'hopwise diagnose: cannot read F/pipe.json: it is a pipe, and a file or folder was expected.',
      )
    },
  )

  test.skipIf(process.platform === 'win32')(
    'devices are refused as network and as questions',
    async () => {
      expect(await complaintOf(['diagnose', '--network', '/dev/zero', ...asked])).toBe(
        'hopwise diagnose: cannot read /dev/zero: it is a device, and a file or folder was expected.',
      )
      expect(await complaintOf(['query', '--network', network, '--questions', '/dev/zero'])).toBe(
        'hopwise query: cannot read /dev/zero: it is a device; expected a file of JSON lines, or - for standard input.',
      )
    },
  )

  test('links that run in a circle and pipes inside a folder are passed over', async () => {
    const root = makeFolder()
    mkdirSync(join(root, 'deeper'))
    put(join(root, 'deeper'), 'network.json', exampleNetwork)
    symlinkSync(root, join(root, 'deeper', 'up'))
    symlinkSync(join(root, 'self'), join(root, 'self'))
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling.json'))
    spawnSync('mkfifo', [join(root, 'pipe.json')])
    const { code } = await runInMemory(['diagnose', '--network', root, ...asked, '--port', '5432'])
    expect(code).toBe(0)
  })

  test('a byte order mark and keys named __proto__ change nothing', async () => {
    const hostile = JSON.stringify(exampleNetwork).replace(
      '{',
      '{"__proto__": {"vpc": [], "polluted": true}, "constructor": {"prototype": {"polluted": true}}, ',
    )
    const path = put(folder, 'proto.json', `\uFEFF${hostile}`)
    const { code, stderr } = await runInMemory([
      'diagnose',
      '--network',
      path,
      ...asked,
      '--port',
      '5432',
    ])
    expect(code).toBe(0)
    expect(stderr).toContain('warning: ')
    expect(stderr).toContain('"__proto__"')
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('control characters of a network never reach the terminal', async () => {
    const text = JSON.stringify(exampleNetwork).replaceAll(
      'db one',
      'db\\u001b]0;owned\\u0007\\u202e one',
    )
    const path = put(folder, 'escape.json', text)
    const { code, stdout } = await runInMemory([
      'diagnose',
      '--network',
      path,
      ...asked,
      '--port',
      '3306',
    ])
    expect(code).toBe(1)
    expect(stdout).toContain('db\\u{1b}]0;owned\\u{7}\\u{202e} one')
    // oxlint-disable-next-line no-control-regex -- that none is there is the point
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })
})

/** Runs, checks that it is input error and one line, and returns that line with the folder as `F`. */
async function complaintOf(given: readonly string[]): Promise<string> {
  const argv = given.map((word) => word.replace(/^F(?=\/|$)/, folder))
  const { code, stdout, stderr } = await runInMemory(argv)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^[^\n]+\n$/)
  return stderr.trimEnd().replaceAll(folder, 'F')
}
