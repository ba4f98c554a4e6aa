"""Feeds the readers bytes that a fuzzer makes up, one family of decoders at a time."""
