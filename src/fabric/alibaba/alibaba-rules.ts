import type { Feature, ProviderRules } from '../feature.ts'
import type { SemanticSwitch } from '../semantic.ts'
import { knownRanges } from './known-ranges.ts'
import { type AlibabaSemantic, alibabaSemantics } from './semantics.ts'

/** Alibaba Cloud has every feature that is named by a semantic of its own, and no other. */
export const alibabaRules = (on: SemanticSwitch<AlibabaSemantic>): ProviderRules => ({
  on: (feature) => isOwn(feature) && on(feature),
  known: knownRanges,
})

const isOwn = (feature: Feature): feature is AlibabaSemantic =>
  Object.hasOwn(alibabaSemantics, feature)
