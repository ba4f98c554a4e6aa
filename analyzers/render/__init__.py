"""How a report is shown: words, disclosure, charts, JSON, terminal, page."""
