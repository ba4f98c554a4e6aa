"""Slash commands, one file per group."""
