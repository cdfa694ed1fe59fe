export { answerDocs } from './schema/answer-schema.ts'
export { cliDocs } from './cli-docs.ts'
export { runCli } from './run-cli.ts'
export type { Output, Shell } from './shell.ts'
