"""Limier bot."""
