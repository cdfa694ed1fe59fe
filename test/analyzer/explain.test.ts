import { describe, expect, test } from 'vitest'
import type { Sketch } from '#conformance'
import { home, leaveGap } from '#conformance'
import {
  addAcl,
  addEip,
  addGuest,
  addInstance,
  addInterface,
  addNat,
  addPeering,
  addRoute,
  addSubnet,
  addTable,
  admit,
  entry,
  find,
  type Rule,
  setRules,
} from '../oracle/tiny-network.ts'
import { explain, nothing, path, reasons } from './ask-tiny.ts'

describe('what blocks a path', () => {
  const blockEverywhere = (sketch: Sketch) => {
    setRules(sketch, 'sg-1')
    addAcl(sketch, 'vsw-1', [entry('drop')], [entry('drop')])
    addAcl(sketch, 'vsw-2', [entry('drop')], [entry('drop')])
  }

  test('is named completely, on the way there and on the way back', () => {
    const answer = explain(blockEverywhere, 'i-a > i-c tcp 80')
    expect(answer.verdict).toBe('unreachable')
    expect(answer.legs).toEqual({ forward: 'refused', return: 'refused' })
    expect(reasons(answer)).toEqual([
      'acl.egress.deny forward acl-1',
      'acl.ingress.deny forward acl-2',
      'sg.ingress.no-match forward sg-1',
      'acl.return.egress.deny return acl-2',
      'acl.return.ingress.deny return acl-1',
      'sg.intra-group-isolated forward sg-1',
    ])
  })

  test('is referred to by the stage that met it, at its place in the list', () => {
    const answer = explain(blockEverywhere, 'i-a > i-c tcp 80')
    const stages = answer.hops.flatMap((hop) => hop.stages)
    const referring = stages.filter(({ finding }) => finding !== undefined)
    expect(referring).toHaveLength(5)
    for (const { finding = -1, component, rule } of referring) {
      expect(answer.findings[finding]).toMatchObject({ component, rule })
    }
  })

  test('keeps its place in the list behind a warning that was met before it', () => {
    const answer = explain((sketch) => {
      addInterface(sketch, 'c2', 'vsw-1', '10.1.1.20', 'c')
      addGuest(sketch, 'c', {
        routes: [{ destination: '0.0.0.0/0', networkInterfaceId: 'eni-c2' }],
      })
      addAcl(sketch, 'vsw-1', [entry('accept')], [entry('drop', 1024, 65535), entry('accept')])
      addAcl(sketch, 'vsw-9', [], [])
      find(sketch.networkInterface, 'eni-c2').sourceDestCheck = true
    }, 'i-a > i-c tcp 80')
    expect(reasons(answer)).toEqual([
      'eni.source-dest-check return eni-c2',
      'route.return.asymmetric return i-c',
    ])
    const stages = answer.hops.flatMap((hop) => hop.stages)
    const found = stages.flatMap(({ finding }) => (finding === undefined ? [] : [finding]))
    expect(found).toContain(0)
    expect(found.every((position) => position < answer.findings.length)).toBe(true)
  })

  test('tells a stopped instance once, although both legs meet it', () => {
    const answer = explain((sketch) => {
      find(sketch.instance, 'i-c').state = 'Stopped'
    }, 'i-a > i-c tcp 80')
    expect(reasons(answer)).toEqual(['instance.not-running forward i-c'])
  })

  test('names the whole round of a loop', () => {
    const answer = explain((sketch) => {
      addTable(sketch, 'rtb-up', 'vsw-1')
      addRoute(sketch, 'rtb-up', '0.0.0.0/0', { kind: 'instance', id: 'i-c' })
      addTable(sketch, 'rtb-down', 'vsw-2')
      addRoute(sketch, 'rtb-down', '0.0.0.0/0', { kind: 'instance', id: 'i-b' })
      addGuest(sketch, 'b', { ipForward: true })
      addGuest(sketch, 'c', { ipForward: true })
    }, 'i-a > 8.8.8.8 tcp 443')
    expect(answer.findings).toMatchObject([
      { code: 'route.loop', effect: 'blocks', facts: { cycle: 'i-c → i-b → i-c' } },
    ])
  })

  test('says whose address it is where ranges overlap', () => {
    const answer = explain((sketch) => {
      find(sketch.vpc, 'vpc-2').cidrs = ['10.1.0.0/16']
      find(sketch.subnet, 'vsw-9').cidr = '10.1.1.0/24'
      find(sketch.networkInterface, 'eni-z').addresses = ['10.1.1.12']
    }, 'i-a > i-z tcp 80')
    expect(reasons(answer)).toEqual(['peer.cidr-overlap forward eni-b'])
    expect(answer.findings[0].facts).toEqual({ destination: '10.1.1.12', vpc: 'vpc-1' })
  })
})

describe('a missing route', () => {
  const secondNat = (sketch: Sketch) => {
    const gateway = addNat(sketch)
    find(sketch.routeTable, 'rtb-1').routes = []
    addEip(sketch, '47.1.0.2', { kind: 'natGateway', id: 'ngw-2' })
    const elsewhere = { ...gateway.snat[0], source: '10.1.9.0/24', addresses: ['47.1.0.2'] }
    sketch.natGateway.push({ ...gateway, id: 'ngw-2', snat: [elsewhere] })
  }

  test('is walked past by the cheapest next hop that exists, which is the way to mend it', () => {
    const answer = explain(secondNat, 'i-a > 8.8.8.8 tcp 443')
    expect(answer.verdict).toBe('unreachable')
    expect(reasons(answer)).toEqual(['route.none forward rtb-1'])
    const supposed = answer.hops[0].stages.find(({ rule }) => rule === 'supposed')
    expect(supposed).toMatchObject({ stage: 'route', component: { id: 'ngw-1' } })
    expect(path(answer).at(-1)).toMatch(/^return i-a: /)
  })

  test('offers the other next hops with all that they would need', () => {
    const { alternatives } = explain(secondNat, 'i-a > 8.8.8.8 tcp 443')
    expect(alternatives).toMatchObject([
      {
        via: { kind: 'natGateway', id: 'ngw-2' },
        findings: [{ code: 'route.none' }, { code: 'nat.snat-missing' }],
      },
    ])
  })

  test('between VPCs without a link is the missing link', () => {
    const answer = explain(nothing, 'i-a > i-z tcp 80')
    expect(reasons(answer)).toEqual(['peer.absent forward vpc-1'])
    expect(answer.findings[0].facts).toEqual({ from: 'vpc-1', to: 'vpc-2' })
    expect(answer.legs.return).toBe('not_walked')
  })

  test('is a route where a peering waits for one', () => {
    const answer = explain((sketch) => {
      addPeering(sketch)
      find(sketch.routeTable, 'rtb-2').routes = []
    }, 'i-a > i-z tcp 80')
    expect(reasons(answer)).toEqual(['route.return.none return rtb-2'])
    expect(answer.legs).toEqual({ forward: 'admitted', return: 'refused' })
    expect(path(answer).slice(-2)).toEqual([
      'return i-z: group.egress exempt, route refuse, route continue, gateway continue',
      'return i-a: group.ingress exempt',
    ])
  })

  test('that is only out of service is called inactive, by its id', () => {
    const answer = explain((sketch) => {
      addPeering(sketch)
      find(sketch.routeTable, 'rtb-1').routes[0].state = 'Pending'
    }, 'i-a > i-z tcp 80')
    expect(answer.findings).toMatchObject([
      { code: 'route.inactive', rule: 'rtb-1/10.2.0.0/16', facts: { state: 'Pending' } },
    ])
  })

  test('names the next hop in force, not a standby one before it', () => {
    const answer = explain((sketch) => {
      const standby = { target: { kind: 'natGateway', id: 'ngw-standby' }, enabled: false } as const
      const gone = { target: { kind: 'natGateway', id: 'ngw-gone' } } as const
      addRoute(sketch, 'rtb-1', '0.0.0.0/0', standby, gone)
    }, 'i-a > 8.8.8.8 tcp 443')
    expect(answer.findings[0]).toMatchObject({
      code: 'route.next-hop-unresolved',
      facts: { target: 'ngw-gone' },
    })
  })
})

describe('what is not known', () => {
  test('is named with the call that would supply it', () => {
    const answer = explain((sketch) => {
      find(sketch.subnet, 'vsw-2').networkAclId = 'acl-x'
      leaveGap(sketch, 'networkAcl', 'acl-x')
    }, 'i-a > i-c tcp 80')
    expect(answer.verdict).toBe('undetermined')
    expect(answer.legs).toEqual({ forward: 'undetermined', return: 'undetermined' })
    expect(answer.findings).toMatchObject([
      {
        code: 'query.input-missing',
        effect: 'undecides',
        facts: { missing: 'networkAcl acl-x', call: 'Describe networkAcl' },
      },
    ])
  })

  test('does not soften a definite drop behind it', () => {
    const answer = explain((sketch) => {
      find(sketch.subnet, 'vsw-2').networkAclId = 'acl-x'
      leaveGap(sketch, 'networkAcl', 'acl-x')
      setRules(sketch, 'sg-1')
    }, 'i-a > i-c tcp 80')
    expect(answer.verdict).toBe('unreachable')
    expect(reasons(answer)).toEqual([
      'sg.ingress.no-match forward sg-1',
      'query.input-missing forward acl-x',
      'sg.intra-group-isolated forward sg-1',
    ])
  })
})

describe('what a reachable answer takes for granted', () => {
  const codes = (change: (sketch: Sketch) => void, text: string) => {
    const { verdict, assumptions } = explain(change, text)
    return [verdict, ...assumptions.map(({ code }) => code)]
  }

  test('is the program that answers', () => {
    expect(codes(nothing, 'i-a > i-c tcp 80')).toEqual(['reachable', 'assume.guest-accepts'])
  })

  test('is that no ACL stands between neighbours', () => {
    const guarded = (sketch: Sketch) => addAcl(sketch, 'vsw-1', [], [])
    expect(codes(guarded, 'i-a > i-b tcp 80')).toEqual([
      'reachable',
      'assume.acl-same-subnet',
      'assume.guest-accepts',
    ])
  })

  test('is that the guest answers from the interface that was called', () => {
    const second = (sketch: Sketch) => addInterface(sketch, 'c2', 'vsw-2', '10.1.2.20', 'c')
    expect(codes(second, 'i-a > eni-c2 tcp 80')).toEqual([
      'reachable',
      'assume.guest-policy-routing',
      'assume.guest-accepts',
    ])
  })

  test('is the host outside that answers', () => {
    const eip = (sketch: Sketch) => addEip(sketch, '47.1.0.9', { kind: 'instance', id: 'i-a' })
    expect(codes(eip, 'i-a > 8.8.8.8 tcp 443')).toEqual(['reachable', 'assume.outside-answers'])
  })
})

describe('a question whose packets part ways', () => {
  const halfOpen = (sketch: Sketch) =>
    addAcl(sketch, 'vsw-1', [entry('accept', 32768, 65535)], [entry('accept')])

  test('is partial, and its parts say which packets do what', () => {
    const answer = explain(halfOpen, 'i-a > i-c tcp 80')
    expect(answer.verdict).toBe('partial')
    expect(answer.legs).toEqual({ forward: 'admitted', return: 'partial' })
    expect(answer.parts).toEqual([
      { verdict: 'unreachable', protocol: 'tcp', sourcePorts: '1024-32767', ports: '80' },
      { verdict: 'reachable', protocol: 'tcp', sourcePorts: '32768-65535', ports: '80' },
    ])
    expect(reasons(answer)).toEqual(['acl.return.ingress.deny return acl-1'])
  })

  test('has no parts where all of them do the same', () => {
    expect(explain(nothing, 'i-a > i-c tcp 80')).not.toHaveProperty('parts')
  })

  test('counts the ways of equal weight that fail', () => {
    const answer = explain((sketch) => {
      addNat(sketch)
      const other = addNatBeside(sketch)
      other.snat = []
    }, 'i-a > 8.8.8.8 tcp 443')
    expect(answer.verdict).toBe('partial')
    expect(answer.findings).toMatchObject([
      { code: 'nat.snat-missing', component: { id: 'ngw-2' } },
      { code: 'route.ecmp-partial', facts: { failing: '1', branches: '2' } },
    ])
  })

  test('names what stops each way of equal weight, and what both ways back meet', () => {
    const answer = explain((sketch) => {
      addNat(sketch)
      find(sketch.natGateway, 'ngw-1').snat = []
      const other = addNatBeside(sketch)
      other.snat = []
    }, 'i-a > 8.8.8.8 tcp 443')
    expect(answer.verdict).toBe('unreachable')
    expect(reasons(answer)).toEqual([
      'nat.snat-missing forward ngw-1',
      'nat.snat-missing forward ngw-2',
    ])
  })

  test('follows the forks behind a refusal too', () => {
    const answer = explain((sketch) => {
      addAcl(sketch, 'vsw-9', [entry('drop')], [entry('accept')])
      addPeering(sketch)
      const gone = { target: { kind: 'instance', id: 'i-gone' } } as const
      find(sketch.routeTable, 'rtb-2').routes[0].nextHops.push(gone)
    }, 'i-a > i-z tcp 80')
    expect(reasons(answer)).toEqual([
      'acl.ingress.deny forward acl-9',
      'route.next-hop-unresolved return rtb-2',
    ])
  })

  /** A second next hop of the default route. */
  function addNatBeside(sketch: Sketch): Sketch['natGateway'][number] {
    const second = { ...find(sketch.natGateway, 'ngw-1'), id: 'ngw-2' }
    sketch.natGateway.push(second)
    find(sketch.routeTable, 'rtb-1').routes[0].nextHops.push({
      target: { kind: 'natGateway', id: 'ngw-2' },
    })
    return second
  }
})

describe('the path of an answer', () => {
  test('lists every stop of both legs with the stages met there, in order', () => {
    const guarded = (sketch: Sketch) => {
      addAcl(sketch, 'vsw-1', [entry('accept')], [entry('accept')])
      addAcl(sketch, 'vsw-2', [entry('accept')], [entry('accept')])
    }
    expect(path(explain(guarded, 'i-a > i-c tcp 80'))).toEqual([
      'forward i-a: group.egress admit, route continue, acl.egress admit',
      'forward i-c: acl.ingress admit, group.ingress admit',
      'return i-c: group.egress exempt, route continue, acl.egress admit',
      'return i-a: acl.ingress admit, group.ingress exempt',
    ])
  })

  test('gives each stop its address, and each translation its packet', () => {
    const { hops } = explain((sketch) => void addNat(sketch), 'i-a > 8.8.8.8 tcp 443')
    expect(hops.map(({ at, address }) => `${at.id} ${address ?? ''}`.trim())).toEqual([
      'i-a 10.1.1.11',
      'ngw-1',
      'internet 8.8.8.8',
      'internet 8.8.8.8',
      'ngw-1',
      'i-a 10.1.1.11',
    ])
    const translations = hops.flatMap(({ stages }) => stages.flatMap(({ packet = [] }) => packet))
    expect(translations).toEqual(['47.1.0.1 → 8.8.8.8', '8.8.8.8 → 10.1.1.11'])
  })

  test('ends where nothing can be supposed', () => {
    const answer = explain(nothing, 'i-a > 8.8.8.8 tcp 443')
    expect(path(answer)).toEqual(['forward i-a: group.egress admit, route refuse'])
    expect(reasons(answer)).toEqual(['route.none forward rtb-1'])
  })
})

describe('every part of a question has its reason', () => {
  test('what was not read is named even where refusals come first', () => {
    const answer = explain((sketch) => {
      const ports = (...list: readonly number[]) => list.map((port) => ({ from: port, to: port }))
      const list = { kind: 'prefixList', prefixListId: 'pl-7' } as const
      setRules(
        sketch,
        'sg-1',
        { ...admit('some'), protocol: 6, ports: ports(10, 20, 30, 40, 50) },
        { ...admit('partners'), protocol: 6, ports: ports(60), peer: list },
      )
      leaveGap(sketch, 'prefixList', 'pl-7')
    }, 'i-a > i-c tcp')
    expect(answer.verdict).toBe('undetermined')
    expect(answer.legs.forward).toBe('undetermined')
    expect(reasons(answer)).toContain('query.input-missing forward sg-1')
  })

  test('a refusal is named although more of the question leaves the model', () => {
    const answer = explain((sketch) => {
      sketch.vpnGateway.push({ ...home, id: 'vpn-1' })
      addRoute(sketch, 'rtb-1', '172.31.0.0/16', { kind: 'vpnGateway', id: 'vpn-1' })
      const out = (id: string, port: number, action: Rule['action']): Rule => {
        const ports = [{ from: port, to: port }]
        return { ...admit(id), direction: 'egress', action, protocol: 6, ports }
      }
      const open = [10, 20, 30, 40].map((port) => out(`out-${port}`, port, 'accept'))
      setRules(sketch, 'sg-1', ...open, out('no', 5000, 'drop'))
    }, 'i-a > 172.31.0.1 tcp - vpc-1')
    expect(answer.verdict).toBe('partial')
    expect(reasons(answer)).toContain('sg.egress.deny forward sg-1')
  })

  test('on the Internet, the address of an interface of another VPC is somebody else’s', () => {
    const answer = explain((sketch) => {
      addEip(sketch, '47.1.0.10', { kind: 'instance', id: 'i-a' })
      find(sketch.vpc, 'vpc-2').cidrs.push('30.2.0.0/16')
      addSubnet(sketch, 'vsw-p', 'vpc-2', '30.2.1.0/24')
      addInstance(sketch, 'p', 'vsw-p', '30.2.1.5')
    }, 'i-a > i-p tcp 80')
    expect(answer.verdict).toBe('unreachable')
    expect(reasons(answer)).toEqual(['peer.cidr-overlap forward internet'])
  })

  test('a rule for another ICMP message admits no echo', () => {
    const verdictWith = (type: number) =>
      explain(
        (s) => setRules(s, 'sg-1', { ...admit('in'), protocol: 1, icmp: { type } }),
        'i-a > i-c icmp',
      ).verdict
    expect(verdictWith(8)).toBe('reachable')
    expect(verdictWith(3)).toBe('unreachable')
  })

  test('client ports that one list drops are one reason, however many ranges they are', () => {
    const answer = explain((sketch) => {
      setRules(sketch, 'sg-1')
      addAcl(sketch, 'vsw-1', [entry('accept', 3306, 3306)], [entry('accept')])
    }, 'i-a > i-c tcp 80')
    const dropped = answer.findings.filter(({ code }) => code === 'acl.return.ingress.deny')
    expect(dropped.map(({ facts }) => facts.service)).toEqual(['TCP 1024-3305,3307-65535'])
  })
})

describe('a gap counts where it can matter', () => {
  test('public addresses of another account leave a sender without one as it is', () => {
    const answer = explain((sketch) => {
      sketch.gaps.push({
        kind: 'publicAddress',
        provider: 'alibaba',
        account: '9',
        region: 'us-west-1',
        call: 'Describe publicAddress',
      })
    }, 'i-a > internet tcp 80')
    expect(answer.verdict).toBe('unreachable')
  })

  test('an address in doubt opens what its own VPC sends, not what another one does', () => {
    const doubted = (sketch: Sketch) => {
      addEip(sketch, '47.1.0.10', { kind: 'instance', id: 'i-z' })
      leaveGap(sketch, 'publicAddress', 'eip-1')
    }
    expect(explain(doubted, 'i-a > internet tcp 80').verdict).toBe('unreachable')
    expect(explain(doubted, 'i-z > internet tcp 80').verdict).toBe('undetermined')
  })

  test('a stranger may be one of ours where addresses were not read', () => {
    const answer = explain((sketch) => {
      addEip(sketch, '47.1.0.10', { kind: 'instance', id: 'i-a' })
      leaveGap(sketch, 'publicAddress')
    }, '47.9.9.9 > 47.1.0.10 tcp 80')
    expect(answer.verdict).toBe('undetermined')
  })
})
