/**
 * How often each property is tried: `npm run test:fuzz` sets `FUZZ` to a million. Always with the same seed, so that a failure
 * comes again; `SEED=2` tries others.
 */
const RUNS = Number(process.env.FUZZ ?? 20_000)
const SEED = Number(process.env.SEED ?? 1)

/** @param share of the tries, for what is slow */
export const runs = (share = 1) => ({ numRuns: Math.ceil(RUNS * share), seed: SEED })

/** Milliseconds for a test of so many tries. */
export const PATIENCE = 30_000 + RUNS
