"""Pure helpers: text, similarity, language, statistics, times. No input or output here."""
