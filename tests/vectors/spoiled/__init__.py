"""What `tests/vectors/bad/` holds, by kind of failure: how each bad draw is made from a good one."""
