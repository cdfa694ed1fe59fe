import type { Network } from '#model'
import { alibabaRules } from './alibaba/alibaba-rules.ts'
import type { AlibabaSemantic } from './alibaba/semantics.ts'
import { awsRules } from './aws/aws-rules.ts'
import type { AwsSemantic } from './aws/semantics.ts'
import { azureRules } from './azure/azure-rules.ts'
import type { AzureSemantic } from './azure/semantics.ts'
import { buildFabric } from './compile/build-fabric.ts'
import type { Fabric } from './fabric.ts'
import { providersOf } from './provider-of.ts'
import { allBut } from './semantic.ts'

/** Identifiers of every packet semantic, of every provider. */
export type SemanticId = AlibabaSemantic | AwsSemantic | AzureSemantic

/** How to compile; the default is how the cloud behaves. */
export interface CompileOptions {
  /** Semantics to switch off; only tests do. */
  readonly off?: readonly SemanticId[]
}

/**
 * Builds the fabric of a network that `parse` has accepted, all of whose resources are of one
 * provider. Cost: linear in its size.
 */
export function compileFabric(network: Network, options: CompileOptions = {}): Fabric {
  const on = allBut<SemanticId>(options.off ?? [])
  const [provider = 'alibaba'] = providersOf(network)
  return buildFabric(network, rulesOf[provider](on))
}

const rulesOf = { alibaba: alibabaRules, aws: awsRules, azure: azureRules } as const
