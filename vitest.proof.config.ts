import { defineConfig } from 'vitest/config'

const minutes = 60_000

/** `npm run proof`: lab, kills, fuzz. Files run one after another: they share the machine's clock and network. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/proof/**/*.test.ts'],
    exclude: ['node_modules/**'],
    fileParallelism: false,
    testTimeout: 15 * minutes,
    hookTimeout: 5 * minutes,
  },
})
