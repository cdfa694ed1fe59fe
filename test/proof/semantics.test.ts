import { expect, test } from 'vitest'
import { findWitness, loadScenarios, semanticIds } from '../../scripts/semantics.mjs'

const scenarios = loadScenarios()

test.each(semanticIds)('without semantic %s the verdict of a scenario question changes', (id) => {
  expect(findWitness(id, scenarios)).toMatchObject({ scenario: expect.any(String) })
})

test('a semantic that no question needs has no witness', () => {
  const silent = scenarios.map((scenario) => ({ ...scenario, questions: [], verdicts: [] }))
  expect(findWitness('acl.stateless', silent)).toBeNull()
})
