"""建筑市场监督: the inspection items of the construction market, as TOML."""
