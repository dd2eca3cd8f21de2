"""Policies of bureaus as data: one folder is one ruleset, and one plugin of TOML without code."""
