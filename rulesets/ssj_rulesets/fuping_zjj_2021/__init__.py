"""阜平县住建局 2021: the policy of 阜住建双随机〔2021〕1号 as TOML, with a synthetic sample of a year."""
