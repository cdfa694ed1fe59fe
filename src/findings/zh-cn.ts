import type { Language } from './language.ts'
import { edge } from './zh-cn/edge.ts'
import { filter } from './zh-cn/filter.ts'
import { guest } from './zh-cn/guest.ts'
import { instance } from './zh-cn/instance.ts'
import { labels } from './zh-cn/labels.ts'
import { link } from './zh-cn/link.ts'
import { question } from './zh-cn/question.ts'
import { route } from './zh-cn/route.ts'
import { words } from './zh-cn/words.ts'

/** Simplified Chinese, in the words of Alibaba Cloud's Chinese documentation. */
export const zhCN: Language = {
  findings: { ...question, ...instance, ...guest, ...filter, ...route, ...edge, ...link },
  verdicts: {
    reachable: {
      plain: '{from} 可以通过 {service} 访问 {to}。',
      because: '{from} 可以通过 {service} 访问 {to}：{reason}。',
    },
    unreachable: {
      plain: '{from} 无法通过 {service} 访问 {to}。',
      because: '{from} 无法通过 {service} 访问 {to}：{reason}。',
    },
    partial: {
      plain: '{from} 只有部分流量可以通过 {service} 访问 {to}。',
      because: '{from} 只有部分流量可以通过 {service} 访问 {to}：{reason}。',
    },
    leaves_model: {
      plain: '{from} 能否通过 {service} 访问 {to}，取决于所分析网络之外的部分。',
      because: '{from} 能否通过 {service} 访问 {to}，取决于所分析网络之外的部分：{reason}。',
    },
    undetermined: {
      plain: '根据现有输入无法判断 {from} 能否通过 {service} 访问 {to}。',
      because: '根据现有输入无法判断 {from} 能否通过 {service} 访问 {to}：{reason}。',
    },
  },
  words,
  labels,
  caveat: '以上结论根据读取到的配置得出，实际运行情况可能与配置不同。',
}
