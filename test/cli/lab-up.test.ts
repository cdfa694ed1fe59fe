import { describe, expect, test } from 'vitest'

import { LabTaken, UnusableFolder } from '#lab'
import type { Arguments } from '../../src/cli/command.ts'
import { labDown } from '../../src/cli/lab/lab-down.ts'
import { labList } from '../../src/cli/lab/lab-list.ts'
import { labShell } from '../../src/cli/lab/lab-shell.ts'
import { labUp } from '../../src/cli/lab/lab-up.ts'
import { listenersText } from '../../src/cli/lab/standing-balancers.ts'
import { balancerNetwork } from './balancer-network.ts'
import { exampleNetwork } from './example-network.ts'
import { fakeMachine } from './fake-machine.ts'
import type { FakeMachine } from './fake-machine.ts'
import { makeFolder, put, withMemory } from './run-in-memory.ts'

const folder = makeFolder()
const path = put(folder, 'network.json', exampleNetwork)
const withClassic = put(folder, 'classic.json', {
  ...exampleNetwork,
  instance: [
    ...exampleNetwork.instance,
    {
      provider: 'alibaba',
      account: '1001',
      region: 'cn-hangzhou',
      id: 'i-old',
      name: 'old one',
      state: 'Running',
      network: 'classic',
      os: 'linux',
      classic: { intranetAddress: '10.20.0.5', securityGroupIds: [] },
    },
  ],
})

const withBalancer = put(folder, 'balancer.json', balancerNetwork)

describe('lab up', () => {
  test('says what stands, what comes next, and leaves the lab to itself', async () => {
    const machine = fakeMachine()
    const { code, stdout, stderr } = await up(machine)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /^Lab lab is up: 2 instances, 2 interfaces, 1 VPC, 1 host outside, in \d/,
    )
    expect(stdout).toContain('  i-web-1   eni-web-1  vpc-shop  10.0.1.10\n')
    expect(stdout).toContain('Left out: nothing\n')
    expect(stdout).toContain('  hopwise lab shell i-web-1\n')
    expect(machine.deeds.slice(-2)).toEqual(['stay lab', 'release lab'])
    expect(machine.labs.get('lab')?.label).toMatchObject({ source: path, instances: 2 })
  })

  test('lists load balancers with their listeners, for people and in JSON', async () => {
    const { stdout } = await up(fakeMachine(), { operands: [withBalancer] })
    expect(stdout).toContain(', 2 VPCs, 1 load balancer, ')
    expect(stdout).toMatch(/ {2}LOAD BALANCER +VPC +ADDRESS +LISTENERS\n/)
    expect(stdout).toContain('  lb-shop        vpc-shop  10.0.1.60  tcp 443, udp 53 (stopped)\n')
    const json = await up(fakeMachine(), { operands: [withBalancer], options: { json: true } })
    expect(JSON.parse(json.stdout).loadBalancers).toEqual([
      {
        loadBalancer: 'lb-shop',
        vpc: 'vpc-shop',
        address: '10.0.1.60',
        listeners: [
          { protocol: 'tcp', port: 443, state: 'running' },
          { protocol: 'udp', port: 53, state: 'stopped' },
        ],
      },
    ])
  })

  test('names the first listeners of many and counts the others', () => {
    const listeners = [1, 2, 3, 4, 5, 6].map(
      (port) => ({ protocol: 'tcp', port, state: 'running', backends: [] }) as const,
    )
    expect(listenersText(listeners)).toBe('tcp 1, tcp 2, tcp 3, tcp 4 and 2 more')
    expect(listenersText([])).toBe('-')
  })

  test('names what is left out, and why', async () => {
    const { stdout } = await up(fakeMachine(), { operands: [withClassic] })
    expect(stdout).toContain('instance i-old: the classic network has no place in the lab yet')
  })

  test('speaks JSON, for the lab and for the plan', async () => {
    const { stdout } = await up(fakeMachine(), { options: { json: true, name: 'b' } })
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'hopwise.lab/v1',
      name: 'b',
      instances: 2,
      seats: [{ instance: 'i-web-1', stands: true }, { instance: 'i-db-1' }],
      leftOut: [],
    })
    const plan = await up(fakeMachine(), { options: { json: true, 'dry-run': true } })
    expect(JSON.parse(plan.stdout)).toHaveProperty('spaces')
  })

  test('with --dry-run prints every line with its resource, and touches nothing', async () => {
    const machine = fakeMachine({ against: 'do not touch' })
    const { code, stdout } = await up(machine, { options: { 'dry-run': true } })
    expect(code).toBe(0)
    expect(machine.deeds).toEqual([])
    expect(stdout).toContain('namespace i0: a guest, instance i-web-1\n')
    expect(stdout).toMatch(/addr add 10\.0\.1\.10\/32 dev eth0 {3}# network interface eni-web-1/)
    expect(stdout).toMatch(/nft .*5432.* {3}# rule sgr-5432 of security group sg-db/)
  })

  test('refuses a name that is taken, and says how to go on', async () => {
    const machine = fakeMachine()
    await up(machine)
    const { code, stderr } = await up(machine)
    expect(code).toBe(2)
    expect(stderr).toBe(
      `hopwise lab up: a lab named lab is up already with ${path}. End it with "hopwise lab down", or name this one: --name OTHER.\n`,
    )
    expect((await up(machine, { options: { name: 'other' } })).code).toBe(0)
  })

  test('a machine that cannot hold it is told what it lacks', async () => {
    const machine = fakeMachine({
      against: 'the program nft: it is not installed; install nftables',
    })
    const { code, stdout, stderr } = await up(machine)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(
      'hopwise lab up: this machine cannot run a lab: the program nft: it is not installed; install nftables.\n',
    )
    const json = await up(fakeMachine({ against: 'one\ntwo' }), { options: { json: true } })
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'lab.machine' } })
    expect(json.stderr).toContain('It lacks:\n  one\n  two\n')
    expect(machine.labs.size).toBe(0)
  })

  test('a lab that another command is just starting is no fault of the machine', async () => {
    const told =
      'hopwise lab up: another command is at work on a lab named lab. Wait until it has ended ("hopwise lab list" shows what is up), or name this one: --name OTHER.\n'
    const claimed = await up(fakeMachine({ against: new LabTaken('lab', false) }))
    expect(claimed).toMatchObject({ code: 2, stdout: '', stderr: told })
    const machine = fakeMachine()
    await machine.start('lab')
    expect(await up(machine)).toMatchObject({ code: 2, stdout: '', stderr: told })
    const raced = await up(fakeMachine({ against: new LabTaken('b', true) }))
    expect(raced.stderr).toContain(
      'a lab named b is up already. End it with "hopwise lab down b", or name this one: --name OTHER.',
    )
  })

  test('a folder that cannot hold the state of labs is named, and how to take another', async () => {
    const denied = Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'mkdir' })
    const { code, stderr } = await up(
      fakeMachine({ against: new UnusableFolder('/srv/hopwise-labs-7', denied) }),
    )
    expect(code).toBe(2)
    expect(stderr).toBe(
      'hopwise lab up: labs keep their state in /srv/hopwise-labs-7, which cannot be made or written: permission denied. Make it writable for this user, or name another folder: HOPWISE_LABS=FOLDER.\n',
    )
    const foreign = await up(fakeMachine({ against: new UnusableFolder('/tmp/hopwise-labs-7') }), {
      options: { json: true },
    })
    expect(JSON.parse(foreign.stdout)).toMatchObject({ error: { code: 'lab.folder' } })
    expect(foreign.stderr).toContain('(chmod 700 /tmp/hopwise-labs-7)')
  })

  test('says that it has cleared away what a killed run left', async () => {
    const { stderr } = await up(fakeMachine({ leftovers: ['old'] }))
    expect(stderr).toBe('hopwise: cleared away what a killed run left of the lab old.\n')
  })
})

describe('lab list and lab down', () => {
  test('list what is up, and end it', async () => {
    const machine = fakeMachine()
    await up(machine)
    await up(machine, { options: { name: 'other' } })
    const listed = await command(labList, machine, {})
    expect(listed.stdout).toMatch(
      /NAME +INSTANCES +SINCE +NETWORK\n +lab +2 +\d{4}-\d\d-\d\d .*json/,
    )
    const json = JSON.parse((await command(labList, machine, { options: { json: true } })).stdout)
    expect(json).toMatchObject({ kind: 'hopwise.labs/v1', labs: [{ name: 'lab' }, {}] })
    expect(await command(labDown, machine, { operands: ['other'] })).toEqual({
      code: 0,
      stdout: 'Lab other is down.\n',
      stderr: '',
    })
    expect((await command(labDown, machine, { operands: ['lob'] })).stdout).toBe(
      'No lab named lob is up. Did you mean lab?\n',
    )
    await command(labDown, machine, { options: { all: true } })
    expect(machine.labs.size).toBe(0)
  })

  test('a lab may be named by --name as well, once', async () => {
    const machine = fakeMachine()
    const shop = { options: { name: 'shop' } }
    await up(machine, shop)
    const other = await command(labDown, machine, { ...shop, operands: ['lab'] })
    expect(other).toMatchObject({ code: 2, stdout: '' })
    expect(other.stderr).toContain('NAME and --name say different labs: leave one of them out.')
    const all = await command(labDown, machine, { options: { name: 'shop', all: true } })
    expect(all.code).toBe(2)
    expect(machine.labs.has('shop')).toBe(true)
    expect((await command(labDown, machine, shop)).stdout).toBe('Lab shop is down.\n')
    const same = await command(labDown, machine, { ...shop, operands: ['shop'] })
    expect(same).toMatchObject({ code: 0, stdout: 'No lab named shop is up.\n' })
  })

  test('say it calmly when there is none', async () => {
    const down = await command(labDown, fakeMachine(), {})
    expect(down).toEqual({ code: 0, stdout: 'No lab named lab is up.\n', stderr: '' })
    const listed = await command(labList, fakeMachine(), {})
    expect(listed.stdout).toBe('No lab is up. Start one: hopwise lab up NET\n')
  })

  test('leave a lab alone that another run is at work on', async () => {
    const machine = fakeMachine()
    await machine.start('theirs')
    const { stdout } = await command(labDown, machine, { options: { all: true } })
    expect(stdout).toBe('Left to the runs that are at work on them: theirs.\n')
    expect(machine.labs.has('theirs')).toBe(true)
  })
})

describe('lab shell', () => {
  test.each(['i-web-1', 'web one', 'eni-web-1'])('goes into %s', async (wanted) => {
    const machine = fakeMachine()
    await up(machine)
    const { code } = await command(labShell, machine, { operands: [wanted, 'ping', '-c1', 'x'] })
    expect(code).toBe(7)
    expect(machine.visits).toEqual([
      { lab: 'lab', space: 'i0', title: 'i-web-1', command: ['ping', '-c1', 'x'] },
    ])
  })

  test.each([
    ['10.0.1.10', 'i-web-1'],
    ['2001:db8:0::10', 'i-web-1'],
    ['203.0.113.10', 'i-web-1'],
    ['10.0.2.20', 'i-db-1'],
  ])('goes to the one that has the address %s', async (wanted, title) => {
    const machine = fakeMachine()
    await up(machine, { operands: [withBalancer] })
    const { stderr } = await command(labShell, machine, { operands: [wanted, 'id'] })
    expect(stderr).toBe('')
    expect(machine.visits).toMatchObject([{ title }])
  })

  test.each([
    ['10.0.1.60', '10.0.1.60 is the address of the load balancer lb-shop, which nobody can enter.'],
    ['203.0.113.60', 'the load balancer lb-shop, which nobody can enter. Behind it: i-db-1.'],
    ['lb-shop', 'this lab has the load balancer lb-shop, which nobody can enter.'],
    ['203.0.113.61', '203.0.113.61 is the address of EIP eip-free, which nobody can enter.'],
    ['10.0.1.99', 'nothing in this lab has the address 10.0.1.99.'],
    ['192.0.2.77', 'which share one place: hopwise lab shell internet.'],
    ['10.0.1.11', '2 things have the address 10.0.1.11: take the id, eni-web-1 or eni-twin.'],
  ])('refuses the address of what is not one instance: %s', async (wanted, told) => {
    const machine = fakeMachine()
    await up(machine, { operands: [withBalancer] })
    const { code, stderr } = await command(labShell, machine, { operands: [wanted] })
    expect(code).toBe(2)
    expect(stderr).toContain(told)
    expect(machine.visits).toEqual([])
  })

  test.each([
    ['i-wbe-1', 'Did you mean i-web-1'],
    ['web-1', 'Did you mean i-web-1'],
    ['nothing-like-it', 'There is i-web-1, i-db-1,'],
    ['i-old', 'i-old has no place in this lab: the classic network'],
  ])('helps whoever asks for %s', async (wanted, told) => {
    const machine = fakeMachine()
    await up(machine, { operands: [withClassic] })
    const { code, stdout, stderr } = await command(labShell, machine, { operands: [wanted] })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(told)
    expect(machine.visits).toEqual([])
  })

  test('says which labs there are if the named one is not up', async () => {
    const machine = fakeMachine()
    const none = await command(labShell, machine, { operands: ['i-web-1'] })
    expect(none.stderr).toContain('no lab named lab is up. Start one: hopwise lab up NET')
    await up(machine, { options: { name: 'shop' } })
    const other = await command(labShell, machine, { operands: ['i-web-1'] })
    expect(other.stderr).toContain('Up: shop (--name).')
  })
})

type Command = (
  given: Arguments,
  shell: Parameters<typeof labUp>[1],
  machine: FakeMachine,
) => Promise<number>

function up(machine: FakeMachine, given: Partial<Arguments> = {}) {
  return command(labUp, machine, { operands: [path], ...given })
}

function command(run: Command, machine: FakeMachine, given: Partial<Arguments>) {
  return withMemory((shell) => run({ options: {}, operands: [], ...given }, shell, machine))
}
