export * from './address-line.ts'
export * from './balancers.ts'
export * from './chains.ts'
export * from './compile-fabric.ts'
export * from './fabric.ts'
export type * from './guest-fact.ts'
export type { GuestFilter } from './guest-filter.ts'
export { portOfWay } from './guest-way.ts'
export * from './guest-system.ts'
export * from './judge.ts'
export type * from './judge-interface.ts'
export * from './look-up.ts'
export * from './packet.ts'
export * from './places.ts'
export {
  ACCEPT,
  ALL_PROTOCOLS,
  FINAL,
  GROUP_PEER,
  NARROWED,
  PROTOCOL_MASK,
  UNREAD_PEER,
} from './rule-table.ts'
export * from './semantic.ts'
export { semanticsDoc } from './semantics-doc.ts'
export type { SemanticWitness, SemanticWitnesses } from './semantics-doc.ts'
export * from './translations.ts'
export * from './ways.ts'
export { providersOf } from './provider-of.ts'
export { alibabaSemantics, type AlibabaSemantic } from './alibaba/semantics.ts'
export { awsSemantics, type AwsSemantic } from './aws/semantics.ts'
export { azureSemantics, type AzureSemantic } from './azure/semantics.ts'
