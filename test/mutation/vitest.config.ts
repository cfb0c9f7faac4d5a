import { defineConfig } from 'vitest/config'

/** The unit tests of the core alone: a mutant of a constant needs all of them. */
export default defineConfig({ test: { include: ['test/core/**/*.test.ts'] } })
