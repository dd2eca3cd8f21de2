"""检查结果与后续处置的代码表: tables only, see `ssj-plugin.toml`."""
