// The shop's server alone: DATABASE=postgres://… PORT=8081 OWNER_PASSWORD=… node examples/server/start.mjs
import { serveExamples } from '../site.mjs'

const { origin, password } = await serveExamples(Number(process.env.PORT ?? 8081))
console.log(`${origin}/server/ (the owner's page: ${origin}/server/owner, user owner, password ${password})`)
