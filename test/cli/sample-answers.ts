import { finding } from '#findings'
import { answerFormat } from '#model'
import type { Answer, Component } from '#model'

const web: Component = { kind: 'instance', id: 'i-web-1', name: 'web one' }
const db: Component = { kind: 'instance', id: 'i-db-1' }
const sgWeb: Component = { kind: 'securityGroup', id: 'sg-web' }
const sgDb: Component = { kind: 'securityGroup', id: 'sg-db', name: 'db tier' }
const table: Component = { kind: 'routeTable', id: 'vtb-1' }
const acl: Component = { kind: 'networkAcl', id: 'nacl-db' }

/** Blocked at the security group of the destination; the reply was never sent. */
export const blocked: Answer = {
  kind: answerFormat,
  from: { ...web, address: '10.0.1.10', asked: 'web one' },
  to: { ...db, address: '10.0.2.20', asked: 'i-db-1' },
  protocol: 'tcp',
  port: 3306,
  verdict: 'unreachable',
  findings: [
    finding('sg.ingress.no-match', {
      component: sgDb,
      leg: 'forward',
      rule: 'default',
      facts: { service: 'TCP 3306', source: '10.0.1.10', destination: '10.0.2.20' },
    }),
    finding('acl.return.ingress.deny', {
      component: acl,
      leg: 'return',
      rule: 'nae-7',
      facts: {
        service: 'TCP 1024-65535',
        source: '10.0.2.20',
        destination: '10.0.1.10',
        subnet: 'vsw-db',
      },
    }),
  ],
  hops: [
    {
      leg: 'forward',
      at: web,
      address: '10.0.1.10',
      stages: [
        { stage: 'start', component: web, decision: 'continue' },
        { stage: 'group.egress', component: sgWeb, decision: 'admit', rule: 'default' },
        { stage: 'acl.egress', component: acl, decision: 'exempt' },
        { stage: 'route', component: table, decision: 'continue', rule: 'rte-local' },
      ],
    },
    {
      leg: 'forward',
      at: db,
      address: '10.0.2.20',
      stages: [
        {
          stage: 'group.ingress',
          component: sgDb,
          decision: 'refuse',
          rule: 'default',
          finding: 0,
        },
      ],
    },
  ],
  legs: { forward: 'refused', return: 'not_walked' },
  assumptions: [],
}

/** Open for some ports, in two parts, with every optional field. */
export const partial: Answer = {
  kind: answerFormat,
  id: 'q-7',
  from: { kind: 'internet', id: 'internet', asked: 'internet' },
  to: { ...web, address: '10.0.1.10', asked: 'i-web-1' },
  protocol: 'tcp',
  verdict: 'partial',
  findings: [
    finding('sg.ingress.no-match', {
      component: sgWeb,
      leg: 'forward',
      facts: { service: 'TCP', source: '0.0.0.0/0', destination: '10.0.1.10' },
    }),
  ],
  hops: [
    {
      leg: 'forward',
      at: { kind: 'publicAddress', id: 'eip-web' },
      address: '203.0.113.9',
      stages: [
        {
          stage: 'translate',
          component: { kind: 'publicAddress', id: 'eip-web' },
          decision: 'continue',
          packet: '198.51.100.7:40000 → 10.0.1.10:443',
        },
      ],
    },
    {
      leg: 'forward',
      at: web,
      interface: 'eni-web-1b',
      address: '10.0.1.10',
      stages: [{ stage: 'group.ingress', component: sgWeb, decision: 'admit', rule: 'sgr-443' }],
    },
  ],
  legs: { forward: 'partial', return: 'admitted' },
  assumptions: [
    { code: 'assume.guest-accepts', component: web, facts: { service: 'TCP 443' } },
    { code: 'assume.outside-answers', component: web, facts: { address: '198.51.100.7' } },
  ],
  parts: [
    { verdict: 'reachable', protocol: 'TCP', ports: '443' },
    {
      verdict: 'unreachable',
      protocol: 'TCP',
      sourcePorts: '1024-65535',
      source: '0.0.0.0/0',
      destination: '10.0.1.10',
      ports: '1-442,444-65535',
    },
  ],
  alternatives: [
    {
      via: { kind: 'natGateway', id: 'ngw-1' },
      findings: [
        finding('nat.dnat-missing', {
          component: { kind: 'natGateway', id: 'ngw-1' },
          leg: 'forward',
          facts: { address: '203.0.113.80', service: 'TCP 80' },
        }),
      ],
    },
  ],
  cut: { walked: 64, limit: 64 },
}

/** Dropped on the way there; the path goes on as if that were mended, over a supposed next hop. */
export const supposed: Answer = {
  kind: answerFormat,
  from: { ...web, address: '10.0.1.10', asked: '10.0.1.10' },
  to: { kind: 'internet', id: 'beyond', address: '192.168.7.7', asked: '192.168.7.7' },
  protocol: 'tcp',
  port: 443,
  verdict: 'unreachable',
  findings: [
    finding('sg.ingress.no-match', {
      component: sgWeb,
      leg: 'forward',
      rule: 'default',
      facts: { service: 'TCP 443', source: '10.0.1.10', destination: '192.168.7.7' },
    }),
    finding('instance.forwarding-opaque', {
      component: db,
      leg: 'forward',
      facts: { destination: '192.168.7.7' },
    }),
    finding('sg.intra-group-isolated', {
      component: sgWeb,
      leg: 'forward',
      facts: { source: '10.0.1.10', destination: '10.0.2.20' },
    }),
    finding('vpn.leaves-model', {
      component: { kind: 'vpnGateway', id: 'vpn-1' },
      leg: 'forward',
      facts: { destination: '192.168.7.7' },
    }),
  ],
  hops: [
    {
      leg: 'forward',
      at: web,
      address: '10.0.1.10',
      stages: [
        { stage: 'group.egress', component: sgWeb, decision: 'admit', rule: 'intra-group' },
        {
          stage: 'route',
          component: { kind: 'routeTable', id: 'classic network' },
          decision: 'continue',
        },
      ],
    },
    {
      leg: 'forward',
      at: db,
      interface: 'eni-db-2',
      address: '10.0.2.20',
      stages: [
        {
          stage: 'group.ingress',
          component: sgWeb,
          decision: 'refuse',
          rule: 'default',
          finding: 0,
        },
        { stage: 'acl.egress', component: acl, decision: 'exempt', rule: 'same-subnet' },
        { stage: 'relay', component: db, decision: 'unknown', finding: 1 },
        {
          stage: 'route',
          component: { kind: 'vpnGateway', id: 'vpn-1' },
          decision: 'continue',
          rule: 'supposed',
        },
      ],
    },
    { leg: 'return', at: db, address: '10.0.2.20', stages: [] },
  ],
  legs: { forward: 'refused', return: 'admitted' },
  assumptions: [],
}
