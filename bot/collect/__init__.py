"""Collects what was said about a target from the platforms themselves, page by page, as evidence.

Each file answers one question, from the wire up:

- `addresses`: may this address be reached? `allowance`: how long does a host ask to wait?
- `http`: asks for one page, patiently, politely and within limits.
- `kept`: every page that was paid for, on disk; `pages` asks the disk first, then the network.
- `platform`: what a platform must say of itself; `bluesky` and its siblings say it.
- `handles`: which account or post a person means.
- `collection`: the plan, step by step; its result lies in a folder that `limier investigate` reads.

Nothing here understands posts: `analyzers.read` does, with the same code as for other exports.
"""
