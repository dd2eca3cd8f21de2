"""建设工程安全: the inspection items of construction safety, as TOML."""
