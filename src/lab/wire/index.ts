export type {
  FlowKey,
  IcmpError,
  Probe,
  ProbeOutcome,
  ProbeProtocol,
  ProbeResult,
  ProbeStage,
  Sent,
} from './probe.ts'
export type {
  Evidence,
  Hop,
  HopOptions,
  HopTrace,
  Listener,
  ListenResult,
  OpenedProber,
  Prober,
  ProbeOptions,
  ProberOptions,
} from './prober.ts'
export type {
  Drained,
  TracedPacket,
  TraceEvent,
  TraceFamily,
  TraceMessage,
  TraceVerdict,
} from './trace-event.ts'
export { NAMESPACE_FOLDER, openResidentProber } from './resident-prober.ts'
export { openTraceReader, TraceReader } from './trace-reader.ts'
export type { OpenedTraceReader, TraceOpening } from './trace-reader.ts'
export type { Site } from './ground.ts'
export { openFallbackProber } from './fallback-prober.ts'
export { openProber } from './open-prober.ts'
export { wireSettings } from './wire-settings.ts'
export type { WireSetting } from './wire-settings.ts'
