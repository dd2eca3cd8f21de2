"""SPEC §10.5: time stamps of the commitment by a third party (RFC 3161), checked without a network."""
