"""建设领域许可监督: the inspection items of construction licences, as TOML."""
