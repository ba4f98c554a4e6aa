"""Limier."""
