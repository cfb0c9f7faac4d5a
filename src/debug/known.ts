import { matches } from '../core/glob'
import { kebab } from '../kebab'
import * as ready from '../services/index'
import type { Service, Trace } from '../types'

/** The ready-made services, by which others are judged. Of these the build leaves only what is looked at here. */
const KNOWN: readonly Service[] = Object.entries(ready).map(([name, service]) => ({ ...service, key: kebab(name) }))

/** The ready-made service that stores this. */
export const storing = (trace: Trace, name: string) =>
  KNOWN.find((service) => service[trace]?.some((pattern) => matches(pattern, name)))

/** The ready-made service that one of the owner's is: by its key, or by a cookie that both name. */
export const likeness = ({ key, cookies = [] }: Service) =>
  KNOWN.find((service) => service.key === key) ??
  KNOWN.find((service) =>
    service.cookies?.some((known) => cookies.some((own) => matches(own, known) || matches(known, own))),
  )
