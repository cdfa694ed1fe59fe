import { spawn, spawnSync } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync, readdirSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'

import { root } from '../repository/source-file.ts'
import { exampleAlibaba } from './example-alibaba.ts'
import { exampleNetwork } from './example-network.ts'
import { makeFolder, put } from './run-in-memory.ts'

const main = join(root, 'dist/cli/main.js')
const folder = makeFolder()
const network = put(folder, 'network.json', exampleNetwork)
const asked = ['diagnose', '--network', network, '--from', 'i-web-1', '--to', 'i-db-1']
const question = '{"from":"i-web-1","to":"i-db-1","protocol":"tcp","port":5432}\n'

beforeAll(() => {
  if (!existsSync(main)) spawnSync(process.execPath, [join(root, 'scripts/build.mjs')])
}, 120_000)

describe('the exit code says', () => {
  test.each([
    ['0 for reachable', [...asked, '--port', '5432'], 0],
    ['1 for unreachable', [...asked, '--port', '3306'], 1],
    ['2 for a wrong option', [...asked, '--prot', '1'], 2],
    ['2 for an endpoint that is not there', [...asked, '--from', 'i-nobody'], 2],
    [
      '2 for a network that is not there',
      ['diagnose', '--network', join(folder, 'none'), '--from', 'a', '--to', 'b'],
      2,
    ],
    ['3 for partial', asked, 3],
    ['3 for undetermined', [...asked, '--to', 'i-web-1'], 3],
    ['0 for help', ['--help'], 0],
    ['0 for the help of a command', ['query', '--help'], 0],
    ['2 for nothing at all', [], 2],
  ])('%s', (_what, argv, code) => {
    expect(run(argv).status).toBe(code)
  })
})

describe('the process', () => {
  test('prints the answer on standard output and nothing else', () => {
    const { stdout, stderr } = run([...asked, '--port', '3306', '--json'])
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'hopwise.answer/v1', verdict: 'unreachable' })
  })

  test('tells its version, its schemas and the version of Node', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(run(['--version']).stdout).toBe(
      `hopwise ${version}\nschemas hopwise.network/v1, hopwise.answer/v1\nnode ${process.versions.node}\n`,
    )
  })

  test('loads for help and version neither the model nor the analyzer', () => {
    for (const argv of [['--help'], ['--version'], ['diagnose', '--help']]) {
      expect(scriptsLoadedBy(argv).filter((url) => /\/(?:zod|model|analyzer)\//.test(url))).toEqual(
        [],
      )
    }
    expect(scriptsLoadedBy(asked).some((url) => url.includes('/dist/model/'))).toBe(true)
  })

  test('ends quietly when nobody reads its answers any more', async () => {
    const child = spawn(
      process.execPath,
      [main, 'query', '--network', network, '--questions', '-'],
      { stdio: 'pipe' },
    )
    const errors: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
    child.stdin.on('error', () => {})
    const feed = setInterval(() => child.stdin.write(question.repeat(1_000)), 5)
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [code] = await once(child, 'exit')
    clearInterval(feed)
    expect({ code, errors: Buffer.concat(errors).toString() }).toEqual({ code: 0, errors: '' })
  })

  test('answers as questions come, before the stream has ended', async () => {
    const child = spawn(
      process.execPath,
      [main, 'query', '--network', network, '--questions', '-', '--verdict-only'],
      { stdio: 'pipe' },
    )
    child.stdin.write(question)
    const [answer] = await once(child.stdout, 'data')
    expect(String(answer)).toBe('{"verdict":"reachable"}\n')
    child.stdin.end()
    expect((await once(child, 'exit'))[0]).toBe(0)
  })

  test('answers a quarter of a million questions in order and in bounded memory', async () => {
    const path = join(folder, 'many.jsonl')
    const count = 250_000
    const file = createWriteStream(path)
    for (let id = 0; id < count; id += 1) {
      const line = `{"id":"${id}","from":"i-web-1","to":"i-db-1","protocol":"tcp","port":${id % 2 ? 3306 : 5432}}\n`
      if (!file.write(line)) await once(file, 'drain')
    }
    file.end()
    await once(file, 'close')
    const { stdout, status, stderr } = run(
      ['query', '--network', network, '--questions', path, '--verdict-only'],
      {
        node: ['--max-old-space-size=64'],
      },
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const lines = stdout.split('\n')
    expect(lines).toHaveLength(count + 1)
    for (let id = 0; id < count; id += 997) {
      expect(lines[id]).toBe(`{"id":"${id}","verdict":"${id % 2 ? 'unreachable' : 'reachable'}"}`)
    }
  })

  test('explains an exception as a bug, with the stack only on request', () => {
    // A preloaded module breaks what the command needs: no input can do this.
    const broken = [
      '--import',
      `data:text/javascript,JSON.stringify = () => { throw new TypeError('wires crossed') }`,
    ]
    const quiet = run([...asked, '--json'], { node: broken })
    expect(quiet.status).toBe(70)
    expect(quiet.stdout).toBe('')
    expect(quiet.stderr).toBe(
      'hopwise: internal error: wires crossed. This is a bug in Hopwise, not in your input.\n' +
        'hopwise: run it again with HOPWISE_DEBUG=1 to see the stack for a bug report.\n',
    )
    const loud = run([...asked, '--json'], { node: broken, env: { HOPWISE_DEBUG: '1' } })
    expect(loud.status).toBe(70)
    expect(loud.stderr).toMatch(/TypeError: wires crossed\n\s+at /)
  })

  test.skipIf(!existsSync('/dev/full'))('says that the answer could not be written', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', '"$@" > /dev/full', 'sh', process.execPath, main, ...asked],
      { encoding: 'utf8' },
    )
    expect(status).toBe(2)
    expect(stderr).toBe(
      'hopwise: cannot write the answer to standard output: no space is left on the device.\n',
    )
  })
})

describe.skipIf(process.platform === 'win32')('a signal during an import', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s leaves nothing behind', async (signal) => {
    const home = makeFolder()
    const module = JSON.stringify(
      new URL('../../dist/cli/write-atomically.js', import.meta.url).href,
    )
    const script = `
      const { writeAtomically } = await import(${module})
      function* endless() { for (;;) yield 'x'.repeat(1000) }
      await writeAtomically(process.argv[1], endless(), { force: false })`
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      script,
      join(home, 'network.json'),
    ])
    await until(() => readdirSync(home).length === 1)
    child.kill(signal)
    const [code, endedBy] = await once(child, 'exit')
    expect({ code, endedBy }).toEqual({ code: null, endedBy: signal })
    expect(readdirSync(home)).toEqual([])
  })
})

describe.skipIf(spawnSync('bash', ['--version']).status !== 0)('completion in a real bash', () => {
  const cloud = makeFolder()
  for (const [name, content] of Object.entries(exampleAlibaba)) put(cloud, name, content)

  test.each([
    ['hopwise |', 'diagnose query reach import lab completion help --help --version'],
    ['hopwise d|', 'diagnose'],
    ['hopwise help q|', 'query'],
    ['hopwise diagnose --pro|', '--protocol'],
    ['hopwise diagnose --from a --fr|', ''],
    ['hopwise diagnose --protocol |', 'tcp udp icmp gre any'],
    ['hopwise diagnose --language z|', 'zh-CN'],
    ['hopwise diagnose --from |', 'internet'],
    [`hopwise diagnose --network ${network} --from i|`, 'internet i-web-1 i-db-1'],
    [`hopwise diagnose --network ${cloud} --to eni-w|`, 'eni-web-1'],
    [`hopwise diagnose --network ${network} --scope |`, 'vpc-shop'],
    [`hopwise diagnose --network ${folder}/none --from i-|`, ''],
    ['hopwise import a|', 'alibaba aws azure'],
    ['hopwise completion |', 'bash zsh fish --help'],
    ['hopwise lab |', 'up verify shell list down --help'],
    ['hopwise help l|', 'lab'],
    ['hopwise lab v|', 'verify'],
    ['hopwise lab up x --|', '--name --dry-run --json --help'],
    ['hopwise lab verify x --language |', 'en zh-CN'],
    ['hopwise lab shell --name nowhere i|', ''],
    ['hopwise lab shell i-web-1 -- l|', ''],
    ['hopwise nonsense |', ''],
  ])('%s', (line, expected) => {
    expect(complete(line)).toBe(expected)
  })

  test('an option and its value may be joined by an equals sign', () => {
    // Bash takes = for a word of its own.
    expect(completeWords(['diagnose', '--network', '=', network, '--from', '=', 'i-w'])).toBe(
      'i-web-1',
    )
    expect(completeWords(['diagnose', '--protocol', '='])).toBe('tcp udp icmp gre any')
  })

  /** Completes at the bar as bash would: it sources the script and calls the function. */
  function complete(line: string): string {
    return completeWords(line.slice(0, -1).split(' ').slice(1))
  }

  function completeWords(words: readonly string[]): string {
    const script = `
      hopwise() { "$NODE" "$MAIN" "$@"; }
      source <(hopwise completion bash)
      COMP_WORDS=(hopwise "$@")
      COMP_CWORD=$#
      _hopwise
      echo "\${COMPREPLY[*]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], {
      encoding: 'utf8',
      env: { ...process.env, NODE: process.execPath, MAIN: main },
    })
    expect(stderr).toBe('')
    return stdout.trim()
  }
})

interface With {
  readonly env?: Readonly<Record<string, string>>
  readonly node?: readonly string[]
}

function run(argv: readonly string[], { env = {}, node = [] }: With = {}) {
  return spawnSync(process.execPath, [...node, main, ...argv], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    maxBuffer: 200_000_000,
  })
}

/** URLs of all modules that ran: coverage lists them. */
function scriptsLoadedBy(argv: readonly string[]): readonly string[] {
  const home = makeFolder()
  run(argv, { env: { NODE_V8_COVERAGE: home } })
  return readdirSync(home).flatMap((name) => {
    const { result }: { result: { url: string }[] } = JSON.parse(
      readFileSync(join(home, name), 'utf8'),
    )
    return result.map(({ url }) => url)
  })
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !holds(); turn += 1) await wait(10)
  expect(holds()).toBe(true)
}
