"""The conformance kit, opted into."""

pytest_plugins = ["ssj_core.testing.pytest_plugin"]
