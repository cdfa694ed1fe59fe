import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { parseNetwork } from '#model'
import { exampleAlibaba } from './example-alibaba.ts'
import { exampleNetwork } from './example-network.ts'
import { makeFolder, put, runInMemory } from './run-in-memory.ts'

const folder = makeFolder()
for (const [name, content] of Object.entries(exampleAlibaba)) put(folder, name, content)

describe('an import', () => {
  test('writes a network file that the model accepts without a warning', async () => {
    const out = join(makeFolder(), 'network.json')
    const { code, stdout, stderr } = await runInMemory([
      'import',
      'alibaba',
      '--dir',
      folder,
      '--out',
      out,
    ])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain(
      `hopwise: wrote ${out}: 1 vpc, 2 subnet, 2 instance, 2 networkInterface, 2 securityGroup, 1 routeTable`,
    )
    expect(parseNetwork(JSON.parse(readFileSync(out, 'utf8')))).toMatchObject({
      ok: true,
      problems: [],
    })
  })

  test('gives the verdicts that the folder itself gives', async () => {
    const out = join(makeFolder(), 'network.json')
    await runInMemory(['import', 'alibaba', '--dir', folder, '--out', out])
    for (const [port, verdict] of [
      ['5432', 0],
      ['3306', 1],
    ] as const) {
      const asked = ['--from', 'i-web-1', '--to', 'i-db-1', '--port', port]
      const direct = await runInMemory(['diagnose', '--network', folder, ...asked])
      const imported = await runInMemory(['diagnose', '--network', out, ...asked])
      expect(direct.code).toBe(verdict)
      expect(imported.stdout).toBe(direct.stdout)
    }
  })

  test('prints with --out - what it would write', async () => {
    const out = join(makeFolder(), 'network.json')
    await runInMemory(['import', 'alibaba', '--dir', folder, '--out', out])
    const { stdout } = await runInMemory(['import', 'alibaba', '--dir', folder, '--out', '-'])
    expect(stdout).toBe(readFileSync(out, 'utf8'))
  })

  test('reads the same from one file, from lines, and from a folder with deeper folders', async () => {
    const { stdout: whole } = await runInMemory([
      'import',
      'alibaba',
      '--dir',
      folder,
      '--out',
      '-',
    ])
    const other = makeFolder()
    const lines = Object.values(exampleAlibaba)
      .map((answer) => JSON.stringify(answer))
      .join('\n')
    const asLines = put(other, 'all.jsonl', lines)
    const asList = put(other, 'all.json', Object.values(exampleAlibaba))
    const deep = makeFolder()
    for (const [name, content] of Object.entries(exampleAlibaba)) {
      mkdirSync(join(deep, name, 'deeper'), { recursive: true })
      put(join(deep, name, 'deeper'), 'page.json', content)
    }
    for (const dir of [asLines, asList, deep]) {
      expect((await runInMemory(['import', 'alibaba', '--dir', dir, '--out', '-'])).stdout).toBe(
        whole,
      )
    }
  })

  test('replaces a file only with --force, and then through a link', async () => {
    const home = makeFolder()
    const real = put(home, 'real.json', 'precious')
    symlinkSync(real, join(home, 'link.json'))
    const given = ['import', 'alibaba', '--dir', folder, '--out', join(home, 'link.json')]
    expect((await runInMemory(given)).code).toBe(2)
    expect(readFileSync(real, 'utf8')).toBe('precious')
    expect((await runInMemory([...given, '--force'])).code).toBe(0)
    expect(JSON.parse(readFileSync(real, 'utf8')).kind).toBe('hopwise.network/v1')
    expect(readdirSync(home).sort()).toEqual(['link.json', 'real.json'])
  })

  test('leaves nothing behind when the input turns out to be broken', async () => {
    const home = makeFolder()
    const broken = makeFolder()
    put(broken, 'a.json', exampleAlibaba['vpcs.json'])
    writeFileSync(join(broken, 'b.json'), '{"VSwitches": ')
    const { code, stderr } = await runInMemory([
      'import',
      'alibaba',
      '--dir',
      broken,
      '--out',
      join(home, 'network.json'),
    ])
    expect(code).toBe(2)
    expect(stderr).toBe(
      `hopwise import: ${join(broken, 'b.json')}, line 1, column 15: not JSON: expected a value, found the end of the file.\n`,
    )
    expect(readdirSync(home)).toEqual([])
  })

  test('says on standard error what it could not read, remarks of one kind on one line', async () => {
    const odd = makeFolder()
    for (const [name, content] of Object.entries(exampleAlibaba)) put(odd, name, content)
    for (const name of ['x', 'y', 'z']) put(odd, `${name}.json`, { Unheard: name })
    const { code, stderr } = await runInMemory(['import', 'alibaba', '--dir', odd, '--out', '-'])
    expect(code).toBe(0)
    const remarks = stderr.split('\n').filter((line) => line.includes('x.json'))
    expect(remarks).toHaveLength(1)
    expect(remarks[0]).toMatch(/^hopwise: (?:info|warning|error): .*, and 2 more like it\)$/)
  })
})

describe('a folder as network', () => {
  test('may hold one Hopwise file among JSON that is none', async () => {
    const mixed = makeFolder()
    put(mixed, 'network.json', exampleNetwork)
    put(mixed, 'package.json', { name: 'x' })
    const { code } = await runInMemory([
      'diagnose',
      '--network',
      mixed,
      '--from',
      'i-web-1',
      '--to',
      'i-db-1',
      '--port',
      '5432',
    ])
    expect(code).toBe(0)
  })

  test('may not mix a Hopwise file with cloud JSON', async () => {
    const mixed = makeFolder()
    put(mixed, 'network.json', exampleNetwork)
    put(mixed, 'vpcs.json', exampleAlibaba['vpcs.json'])
    const { code, stderr } = await runInMemory([
      'diagnose',
      '--network',
      mixed,
      '--from',
      'a',
      '--to',
      'b',
    ])
    expect(code).toBe(2)
    expect(stderr).toBe(
      `hopwise diagnose: cannot use ${mixed}: it holds a Hopwise network file beside a cloud's own JSON (${join(mixed, 'network.json')}). Name one network.\n`,
    )
  })

  test('is not searched in hidden folders and in node_modules', async () => {
    const home = makeFolder()
    put(home, 'network.json', exampleNetwork)
    for (const hidden of ['.git', 'node_modules']) {
      mkdirSync(join(home, hidden))
      put(join(home, hidden), 'broken.json', 'not JSON')
    }
    const { code } = await runInMemory([
      'diagnose',
      '--network',
      home,
      '--from',
      'i-web-1',
      '--to',
      'i-db-1',
      '--port',
      '5432',
    ])
    expect(code).toBe(0)
  })
})

describe('a folder of AWS answers', () => {
  const aws = makeFolder()
  const subnet = {
    SubnetId: 'subnet-1',
    VpcId: 'vpc-1',
    CidrBlock: '10.0.0.0/24',
    AvailabilityZone: 'us-east-2a',
    OwnerId: '111122223333',
  }
  put(
    aws,
    'Vpcs.json',
    JSON.stringify({ Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16', State: 'available' }] }),
  )
  put(aws, 'Subnets.json', JSON.stringify({ Subnets: [subnet] }))
  put(aws, 'AvailabilityZones.json', JSON.stringify({ AvailabilityZones: [] }))

  test('becomes a network file whose gaps name the calls that are missing', async () => {
    const out = join(makeFolder(), 'network.json')
    const { code, stderr } = await runInMemory(['import', 'aws', '--dir', aws, '--out', out])
    expect(code).toBe(0)
    expect(stderr).toContain(`hopwise: wrote ${out}: 1 vpc, 1 subnet,`)
    const network = readFileSync(out, 'utf8')
    expect(network).toContain('aws ec2 describe-route-tables --region us-east-2')
    expect(parseNetwork(JSON.parse(network))).toMatchObject({ ok: true, problems: [] })
  })

  test('is a network for every command', async () => {
    const asked = ['--from', '10.0.0.5', '--to', '10.0.0.6', '--port', '80']
    const { code, stderr } = await runInMemory(['diagnose', '--network', aws, ...asked])
    expect([code, stderr]).toEqual([3, ''])
  })

  test('is not taken for another cloud, nor read together with one', async () => {
    const wrong = await runInMemory(['import', 'alibaba', '--dir', aws, '--out', '-'])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toBe(
      `hopwise import: ${aws} holds JSON of another cloud; use hopwise import aws.\n`,
    )
    const both = makeFolder()
    put(both, 'aws.json', JSON.stringify({ Subnets: [subnet] }))
    put(both, 'alibaba.json', JSON.stringify({ Vpcs: { Vpc: [] } }))
    const mixed = await runInMemory(['import', 'aws', '--dir', both, '--out', '-'])
    expect(mixed).toMatchObject({ code: 2, stdout: '' })
    expect(mixed.stderr).toBe(
      `hopwise import: cannot use ${both}: it holds JSON of Alibaba Cloud and of AWS. Name one network.\n`,
    )
  })
})

describe('a folder of Azure resources', () => {
  const azure = makeFolder()
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub'
  const hub = {
    id,
    location: 'westeurope',
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
    subnets: [{ id: `${id}/subnets/web`, addressPrefix: '10.0.1.0/24' }],
    virtualNetworkPeerings: [],
  }
  put(azure, 'networks.json', JSON.stringify([hub]))

  test('becomes a network file whose gaps name the commands that are missing', async () => {
    const out = join(makeFolder(), 'network.json')
    const { code, stderr } = await runInMemory(['import', 'azure', '--dir', azure, '--out', out])
    expect(code).toBe(0)
    expect(stderr).toContain(`hopwise: wrote ${out}: 1 vpc, 1 subnet,`)
    const network = readFileSync(out, 'utf8')
    expect(network).toContain('az network nic list')
    expect(parseNetwork(JSON.parse(network))).toMatchObject({ ok: true, problems: [] })
  })

  test('is not taken for another cloud', async () => {
    const wrong = await runInMemory(['import', 'aws', '--dir', azure, '--out', '-'])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toBe(
      `hopwise import: ${azure} holds JSON of another cloud; use hopwise import azure.\n`,
    )
  })
})

test('an input is only read', async () => {
  const before = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs])
  await runInMemory(['import', 'alibaba', '--dir', folder, '--out', '-'])
  expect(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs])).toEqual(
    before,
  )
})
