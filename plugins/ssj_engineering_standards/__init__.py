"""工程建设标准: the inspection items of engineering standards and quality, as TOML."""
