// table: what the report of a verification says around the sentences of room findings
import type { LanguageTag } from '#findings'
import type { Aspect } from '#conformance'

/** One language. `{…}` are filled in. */
export interface VerifyWords {
  /** `{measured}`, `{reachable}`, `{disagree}`. */
  readonly agree: string
  readonly disagree: string
  readonly nothing: string
  /** `{count}`, `{senders}`, `{destinations}`, `{services}`, `{unnamed}`; `{possible}` in the last. */
  readonly chosen: string
  readonly sampled: string
  readonly aspects: Readonly<Record<Aspect, string>>
  readonly compared: string
  readonly agreeing: string
  readonly disagreeing: string
  readonly disagreements: string
  readonly unmeasured: string
  readonly paper: string
  readonly wire: string
  readonly again: string
  /** `{count}` further blockers. */
  readonly more: string
  /** `{rule}`, `{component}`. */
  readonly dropped: string
  readonly ledNowhere: string
  /** `{reason}` is a guess. */
  readonly perhaps: string
  readonly onReturn: string
  readonly answered: string
  readonly silent: string
  /** `{who}` */
  readonly refused: string
  /** `{errno}` */
  readonly failed: string
  readonly expired: string
  /** `{stops}`. */
  readonly stops: string
  readonly noStops: string
  /** `{verdict}`; in the second also `{code}`. */
  readonly open: string
  readonly openBecause: string
  /** `{count}` that are not shown. */
  readonly others: string
  readonly notInLab: string
  /** `{id}`, `{reason}`. */
  readonly leftOut: string
  readonly example: string
  /** What `unfit` says, in words of this language; whatever is not here is printed as it is. */
  readonly reasons: Readonly<Record<string, string>>
}

const verifyWords = {
  en: {
    agree: 'Analyzer and packets agree: {measured} measured, {reachable} got through.',
    disagree: 'Analyzer and packets disagree: {disagree} of {measured} measured.',
    nothing: 'Nothing could be measured: this proves nothing, either way.',
    chosen:
      'Asked: {senders} senders and {destinations} addresses, each pair on {services} and ICMP; no rule names {unnamed}, which meets the defaults.',
    sampled: 'That is {count} of {possible} such questions, spread evenly.',
    aspects: { verdict: 'verdict', rule: 'deciding rule', stops: 'stops' },
    compared: 'compared',
    agreeing: 'agree',
    disagreeing: 'disagree',
    disagreements: 'Disagreements',
    unmeasured: 'Not measured',
    paper: 'paper',
    wire: 'wire',
    again: 'ask again',
    more: ' (and {count} more)',
    dropped: 'dropped by {rule} of {component}',
    ledNowhere: 'led nowhere by {component}',
    perhaps: 'no rule seen; it looks like {reason}',
    onReturn: ' on the way back',
    answered: 'answered',
    silent: 'no answer',
    refused: 'refused by {who}',
    failed: 'the sender’s kernel says {errno}',
    expired: 'it ran out of hops',
    stops: 'stops: {stops}',
    noStops: 'none',
    open: 'the analyzer says {verdict}: nothing to compare',
    openBecause: 'the analyzer says {verdict} ({code}): nothing to compare',
    others: '{count} others',
    notInLab: 'Left out of the lab',
    leftOut: '{id} is left out of the lab: {reason}',
    example: 'for example',
    reasons: {},
  },
  'zh-CN': {
    agree: '分析与实际报文一致：已测 {measured} 个问题，其中 {reachable} 个可达。',
    disagree: '已测的 {measured} 个问题中，分析与实际报文有 {disagree} 个不一致。',
    nothing: '没有任何问题能够测量：这不证明任何结论。',
    chosen:
      '提问范围：{senders} 个发送方与 {destinations} 个地址两两之间，服务为 {services} 和 ICMP；没有规则提到 {unnamed}，它由默认规则决定。',
    sampled: '共有 {possible} 个这样的问题，均匀抽取了 {count} 个。',
    aspects: { verdict: '结论', rule: '决定规则', stops: '途经节点' },
    compared: '已比较',
    agreeing: '一致',
    disagreeing: '不一致',
    disagreements: '不一致之处',
    unmeasured: '未测量',
    paper: '分析',
    wire: '实测',
    again: '再次提问',
    more: '（另有 {count} 个）',
    dropped: '被{component}的{rule}丢弃',
    ledNowhere: '被{component}引向无处',
    perhaps: '未见规则；看起来像 {reason}',
    onReturn: '（返程）',
    answered: '有应答',
    silent: '无应答',
    refused: '被 {who} 拒绝',
    failed: '发送方内核报告 {errno}',
    expired: '跳数耗尽',
    stops: '途经：{stops}',
    noStops: '无',
    open: '分析结论为{verdict}：无可比较',
    openBecause: '分析结论为{verdict}（{code}）：无可比较',
    others: '另外 {count} 个',
    notInLab: '实验环境未包含',
    leftOut: '实验环境未包含 {id}：{reason}',
    example: '例如',
    reasons: {
      'no such packet': '不存在这样的报文',
      'asks a service of the provider': '询问的是云服务商自己的服务',
      'names a private address from outside': '从外部询问私网地址',
      'it stays inside one guest': '报文不离开同一实例',
      'no packet stands for it': '没有报文能代表该问题',
    },
  },
} as const satisfies Record<LanguageTag, VerifyWords>

/** The words of a report's language. */
export function wordsOf({ language }: { readonly language: LanguageTag }): VerifyWords {
  return verifyWords[language]
}
