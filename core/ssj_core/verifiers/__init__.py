"""Verifiers written from SPEC.md that import nothing of ssj_core; `verify_ssj.py` goes with each draw."""

from importlib.resources import files


def verifier_bytes() -> bytes:
    """`verify_ssj.py` as it is laid into a published draw."""
    return files(__name__).joinpath("verify_ssj.py").read_bytes()
