"""ssj-core: the draw nobody has to trust."""

__version__ = "0.1.0"
