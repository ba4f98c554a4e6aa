// The search that Bluesky's dev network leaves out: it answers app.bsky.unspecced.searchPostsSkeleton from the AppView's
// own tables, newest first, by mention and span. Whatever else it is asked (words, author, language) it passes over.
import http from 'node:http'

export class Search {
  static async start() {
    const search = new Search()
    const server = http.createServer((request, response) => search.#answer(request, response))
    await new Promise((started) => server.listen(0, started))
    search.url = `http://localhost:${server.address().port}`
    return search
  }

  async #answer(request, response) {
    const asked = new URL(request.url, this.url).searchParams
    const { status, body } = await this.#found(asked).then(
      (body) => ({ status: 200, body }),
      (error) => ({ status: 500, body: { error: 'InternalServerError', message: String(error) } }),
    )
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }

  async #found(asked) {
    const limit = Number(asked.get('limit') ?? 25)
    const from = Number(asked.get('cursor') ?? 0)
    let query = this.db
      .selectFrom('post')
      .innerJoin('record', 'record.uri', 'post.uri')
      .select('post.uri')
      .orderBy('post.sortAt', 'desc')
      .orderBy('post.cid', 'desc')
      .offset(from)
      .limit(limit + 1)
    if (asked.has('mentions')) query = query.where('record.json', 'like', `%"did":"${asked.get('mentions')}"%`)
    if (asked.has('since')) query = query.where('post.sortAt', '>=', moment(asked.get('since')))
    if (asked.has('until')) query = query.where('post.sortAt', '<', moment(asked.get('until')))
    const rows = await query.execute()
    const cursor = rows.length > limit ? String(from + limit) : undefined
    return { posts: rows.slice(0, limit).map(({ uri }) => ({ uri })), cursor }
  }
}

// As the table writes moments, whose order is that of their letters.
const moment = (written) => new Date(written).toISOString()
