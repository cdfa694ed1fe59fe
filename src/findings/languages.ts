import { en } from './en.ts'
import type { Language, LanguageTag } from './language.ts'
import { zhCN } from './zh-cn.ts'

/** The languages that are written, the default first. */
export const languages = ['en', 'zh-CN'] as const satisfies readonly LanguageTag[]

/** Everything that is said in a language. */
export function languageOf(tag: LanguageTag): Language {
  return byTag[tag]
}

/** One sentence that every answer carries: configuration may differ from live behaviour. */
export function caveat(tag: LanguageTag): string {
  return byTag[tag].caveat
}

const byTag: Readonly<Record<LanguageTag, Language>> = { en, 'zh-CN': zhCN }
