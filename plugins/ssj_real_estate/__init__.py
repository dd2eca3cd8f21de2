"""房地产市场监督: the inspection items of the real-estate market, as TOML."""
