import { languages } from '#findings'
import type { LanguageTag } from '#findings'

import { accept, anyOf, refuse } from './complaint.ts'
import type { Outcome } from './complaint.ts'
import { printable } from './printable.ts'
import type { Shell } from './shell.ts'

/** The language of the sentences: what was asked for, else what the locale says. */
export function chooseLanguage(
  wanted: string | undefined,
  env: Shell['env'],
): Outcome<LanguageTag> {
  if (wanted === undefined) return accept(ofLocale(env))
  const known = languages.find((tag) => tag.toLowerCase() === wanted.toLowerCase())
  if (known) return accept(known)
  const message = `--language must be ${anyOf(languages)}, but is "${printable(wanted)}".`
  return refuse('usage.bad-value', message)
}

/** POSIX order: the first of these that is set decides. */
function ofLocale({ LC_ALL, LC_MESSAGES, LANG }: Shell['env']): LanguageTag {
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '')
  return locale !== undefined && /^zh(?:[_.@-]|$)/i.test(locale) ? 'zh-CN' : 'en'
}
