// Bluesky's own dev network (directory, data server, AppView, moderation) on loopback, for as long as its input stays open.
// Says in a line of JSON where its parts are; answers each line of input, once all that was written is shown, with a line.
// Needs DB_POSTGRES_URL, DB_POSTGRES_SCHEMA, REDIS_HOST, and BYPASS: the header's value that passes by the rate limits.
import dns from 'node:dns'
import net from 'node:net'
import readline from 'node:readline'
import { TestNetwork } from '@atproto/dev-env'
import { Search } from './search.mjs'

// The network's parts listen on every interface and call one another "localhost": keep both to this machine.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (where, ...rest) {
  const at = where !== null && typeof where === 'object' ? where : { port: Number(where ?? 0) }
  return listen.call(this, { ...at, host: '127.0.0.1' }, ...rest)
}
dns.setDefaultResultOrder('ipv4first')

const search = await Search.start()
const network = await TestNetwork.create({
  bsky: { searchUrl: search.url },
  pds: {
    rateLimitsEnabled: true,
    rateLimitBypassKey: process.env.BYPASS,
    redisScratchAddress: process.env.REDIS_HOST,
  },
})
search.db = network.bsky.db.db
console.log(JSON.stringify({ pds: network.pds.url, appview: network.bsky.url, directory: network.plc.url }))

for await (const _ of readline.createInterface({ input: process.stdin })) {
  await network.processAll(120_000)
  console.log('{}')
}
await network.close()
process.exit()
