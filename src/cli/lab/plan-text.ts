import { componentName, ruleName } from '#findings'
import type { LabPlan, Mark, Unrealised } from '#lab'
import type { Component } from '#model'

import { printable } from '../printable.ts'

/**
 * A plan for people, a piece a namespace: the lines that its tools are fed, each followed by the
 * resource it stands for where that is not the one the namespace stands for.
 */
export function* planText({ spaces, cables, marks, unrealised }: LabPlan): Generator<string> {
  for (const space of spaces) {
    const { name, role, of, sysctls, deviceSysctls, ip, ip6, bridge, nft } = space
    const lines = [
      ...[...sysctls, ...deviceSysctls].map(({ path, value }) => `sysctl  ${path}=${value}`),
      ...cables.flatMap(({ ends: [one, other], of: whose }) =>
        one.space === name
          ? [`cable   ${one.device} to ${other.space}:${other.device}${remark(whose, of)}`]
          : [],
      ),
      ...ip.map((line) => `ip      ${line.text}${remark(line.of, of)}`),
      ...ip6.map((line) => `ip -6   ${line.text}${remark(line.of, of)}`),
      ...bridge.map((line) => `bridge  ${line.text}${remark(line.of, of)}`),
      ...(space.firewall ?? []).map(
        ({ tool }) => `${tool}  the guest's own rules, as they were seen`,
      ),
      ...nft.map(
        (line) => `nft     ${line.text}${markOf(line.text, marks) ?? remark(line.of, of)}`,
      ),
      ...(space.sockets ?? []).map(
        ({ protocol, address, port }) => `listen  ${protocol} ${address} ${port}`,
      ),
    ]
    const head = `namespace ${name}: ${roles[role]}, ${nameOf(of)}`
    yield `${[head, ...lines.map((line) => `  ${line}`)].map(printable).join('\n')}\n\n`
  }
  yield `${leftOutLines(unrealised).join('\n')}\n`
}

/** What a lab leaves out, by name and reason, under a heading; one line where that is nothing. */
export function leftOutLines(unrealised: readonly Unrealised[]): readonly string[] {
  if (unrealised.length === 0) return ['Left out: nothing']
  return [
    'Left out:',
    ...unrealised.map(({ component, reason }) => printable(`  ${nameOf(component)}: ${reason}`)),
  ]
}

const roles = {
  guest: 'a guest',
  hypervisor: 'all security groups',
  router: 'the router of a VPC',
  natGateway: 'a NAT gateway',
  loadBalancer: 'a load balancer',
  internet: 'the hosts outside',
  services: 'services of the provider',
} as const

/** What a rule of nftables stands for: its comment is the number of a mark. */
function markOf(text: string, marks: readonly Mark[]): string | undefined {
  const mark = marks[Number(/comment "m(\d+)"/.exec(text)?.[1] ?? -1)]
  if (!mark) return undefined
  const { component, rule } = mark
  const which = rule === undefined ? '' : `${ruleName(rule, component, 'en')} of `
  return `   # ${which}${nameOf(component)}`
}

function remark(of: Component, usual: Component): string {
  return of.kind === usual.kind && of.id === usual.id ? '' : `   # ${nameOf(of)}`
}

function nameOf(component: Component): string {
  return componentName(component, 'en')
}
