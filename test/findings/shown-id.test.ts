import { expect, test } from 'vitest'
import { componentName, say, shownId } from '#findings'

const group =
  '/subscriptions/4f1c/resourceGroups/rg-shop/providers/Microsoft.Network/networkSecurityGroups/nsg-web'

test('of an Azure id the name at its end is shown, of any other all of it', () => {
  expect(shownId(group)).toBe('nsg-web')
  expect(shownId('sg-web')).toBe('sg-web')
  expect(shownId('10.0.0.0/16 VirtualNetwork')).toBe('10.0.0.0/16 VirtualNetwork')
})

test('a component that has the name of its id is named once', () => {
  const component = { kind: 'securityGroup', id: group, name: 'nsg-web' } as const
  expect(componentName(component, 'en')).toBe('security group nsg-web')
})

test('a sentence shows the rule by its name, too', () => {
  const sentence = say(
    {
      code: 'sg.ingress.deny',
      component: { kind: 'securityGroup', id: group },
      rule: `${group}/securityRules/Deny8080`,
      leg: 'forward',
      facts: { service: 'TCP 8080', source: '10.0.0.4', destination: '10.0.1.4', priority: '200' },
    },
    'en',
  )
  expect(sentence).toContain('security group nsg-web drops TCP 8080 from 10.0.0.4 by rule Deny8080')
})
