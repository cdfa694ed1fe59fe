export { compilePlan, type PlanOptions } from './alibaba/compile-plan.ts'
export type { Lack, LabAbility } from './ability.ts'
export { explainLacks } from './ability.ts'
export { endLab, joinLab, keepFiles, type Lab, startLab } from './client/lab.ts'
export { LabEnded } from './client/lab-ended.ts'
export { LabTaken } from './client/lab-taken.ts'
export { UnusableFolder } from './client/unusable-folder.ts'
export { labAbility } from './client/lab-ability.ts'
export { filesOf, isLabName, labNames, livingHost, sweep } from './client/lab-folder.ts'
export type { Decided, Journey, Stop, Visit } from './evidence/journey.ts'
export { journeyReader, type JourneyReader } from './evidence/read-journey.ts'
export type { Blocker } from './evidence/blocker.ts'
export { type Evidence, readEvidence } from './evidence/read-evidence.ts'
export { stopsOf } from './evidence/stops-of.ts'
export type {
  Ask,
  GuestRuleHandle,
  Handle,
  HostAnswers,
  HostRequest,
  HostStatus,
  Offer,
  Told,
  TraceStep,
} from './host/request.ts'
export {
  offersFor,
  type Origin,
  type Placed,
  placeQuestion,
  type WireQuestion,
} from './place-question.ts'
export type { LabPlan, Absence, Mark, Seat, Unrealised } from './plan.ts'
export type { ProbeOutcome, ProbeProtocol } from './wire/index.ts'
