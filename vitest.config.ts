import { defineConfig } from 'vitest/config'

/** `npm test`: everything but the proofs; minutes, no root. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/proof/**', 'node_modules/**'],
    testTimeout: 60_000,
  },
})
