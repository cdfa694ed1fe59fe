import type { OptionRow } from './command.ts'

/** The option of every command that prints sentences about a network. */
export const language: OptionRow = {
  name: 'language',
  value: 'TAG',
  says: 'language of the sentences: en or zh-CN',
  otherwise: 'zh-CN if LC_ALL, LC_MESSAGES or LANG begins with zh, else en',
  completes: ['en', 'zh-CN'],
}
