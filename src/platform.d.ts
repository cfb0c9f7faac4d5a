// Not in TypeScript's DOM library yet: https://wicg.github.io/scheduling-apis/#sec-scheduler
interface Scheduler {
  yield?(): Promise<void>
}
declare var scheduler: Scheduler | undefined
