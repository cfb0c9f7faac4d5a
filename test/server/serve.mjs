// The endpoint alone, as a site would run it: DATABASE=… node test/server/serve.mjs prints `ready <port>`.
import { serve } from '@hono/node-server'
import { receipts } from '../../dist/server.js'
import { openStore } from '../../examples/server/store.mjs'

const handle = receipts(await openStore(process.env.DATABASE), {
  isOwner: () => true,
  patience: Number(process.env.PATIENCE ?? 60_000),
})
serve({ fetch: (request) => handle(request), hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(`ready ${port}`),
)
