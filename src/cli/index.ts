export { cliDocs } from './cli-docs.ts'
export { runCli } from './run-cli.ts'
export { printedSchemas } from './schema/printed-schemas.ts'
export type { Output, Shell } from './shell.ts'
