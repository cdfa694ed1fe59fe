export * from './answer.ts'
export * from './filter.ts'
export * from './gateway.ts'
export * from './guest.ts'
export * from './id.ts'
export { indexNetwork, sharesHome } from './index-network.ts'
export type { Home, NetworkIndex, ResourceOf } from './index-network.ts'
export * from './instance.ts'
export * from './load-balancer.ts'
export * from './network.ts'
export { parseAddressText } from './parse-address-text.ts'
export { parseNetwork } from './parse-network.ts'
export type { ParsedNetwork } from './parse-network.ts'
export { parseQuestion } from './parse-question.ts'
export type { ParsedQuestion } from './parse-question.ts'
export { parseQuestionProtocol } from './parse-question-protocol.ts'
export { problemCodes } from './problem.ts'
export type { Problem, ProblemCode } from './problem.ts'
export { PROBLEM_LIMIT } from './problem-log.ts'
export * from './question.ts'
export { boundaryKinds } from './resolve/endpoint.ts'
export type {
  AddressEndpoint,
  BoundaryEndpoint,
  BoundaryKind,
  Endpoint,
  PrivateOwner,
  PublicEndpoint,
  PublicOwner,
  Resolution,
  VpcAddress,
  VpcKey,
} from './resolve/endpoint.ts'
export { isRoutable } from './resolve/address-realms.ts'
export { nearest } from './resolve/nearest.ts'
export { resolveEndpoint } from './resolve/resolve-endpoint.ts'
export type { ResolveOptions } from './resolve/resolve-endpoint.ts'
export { suggestNames } from './resolve/suggest-names.ts'
export * from './resource.ts'
export * from './route.ts'
export { networkJsonSchema, questionJsonSchema, schemaDocs } from './schema/write-json-schema.ts'
export type { JsonSchema, SchemaDoc } from './schema/write-json-schema.ts'
export * from './service.ts'
export * from './transit.ts'
export * from './vpc.ts'
