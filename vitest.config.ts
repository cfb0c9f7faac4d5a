import { defineConfig } from 'vitest/config'
import { cssText } from './build/css-text.mjs'

export default defineConfig({
  plugins: [cssText()],
  test: {
    // One core would be left to the machine's owner otherwise; the longest file is half of the time.
    maxWorkers: 2,
    include: ['test/**/*.test.ts'],
    coverage: {
      provider: 'v8',
      reporter: ['text', 'json-summary'],
      // The logic without a page. What needs one (the gate, the dialog, the wiring) is tested in real browsers.
      include: [
        'src/options.ts',
        'src/testing.ts',
        'src/core/{config,record,store,cookie,erase,errors}.ts',
        'src/core/gate/condition.ts',
        'src/receipts/{make,read}.ts',
        'src/server/**/*.ts',
      ],
      thresholds: { lines: 95, functions: 95, branches: 90, statements: 95 },
    },
  },
})
