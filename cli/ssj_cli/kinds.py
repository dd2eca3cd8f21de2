"""Kinds of values on a command line: days, moments, digests and public keys."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssj_core.entropy.grammar import moment
from ssj_core.signing import SignatureError, public_bytes

if TYPE_CHECKING:
    _DayType = click.ParamType[date]
    _TextType = click.ParamType[str]
    _MomentType = click.ParamType[datetime]
else:  # older versions of click give it no type parameter
    _DayType = _TextType = _MomentType = click.ParamType


PLAN = "plan.toml"
"""What the plan of a working folder is called."""


class PlanFile(click.Path):
    """A plan, by its file or by the working folder it lies in; a shell completes it as a path."""

    # click takes more kinds of values than a command line has
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The file; whether it is there is told when it is read."""
        path = Path(str(super().convert(value, param, ctx)))
        return path / PLAN if path.is_dir() else path


class Day(_DayType):
    """A day such as 2021-01-31."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; a usage error if it is none."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} 不是 2021-01-31 这样的日期 / not a date such as 2021-01-31", param, ctx)


class Moment(_MomentType):
    """A time such as 2021-01-31T09:30; of Beijing where no zone is written."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment; a usage error if it is none."""
        told = moment(str(value)) if ":" in str(value) else None  # a day alone is no time
        if told is None:
            self.fail(f"{value} 不是 2021-01-31T09:30 这样的时间 / not a time such as 2021-01-31T09:30", param, ctx)
        return told


class Digest(_TextType):
    """64 hexadecimal digits, as they are printed; capitals and outer blanks do no harm."""

    name = "HEX"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The digits in lower case."""
        text = str(value).strip().lower()
        if len(text) != 64 or text.strip("0123456789abcdef"):
            self.fail(f"{value} 不是 64 位十六进制数 / not 64 hexadecimal digits", param, ctx)
        return text


class PublicKey(_TextType):
    """An Ed25519 public key as `sign keygen` prints it: 32 bytes in base64."""

    name = "BASE64"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The key as text, outer blanks removed."""
        text = str(value).strip()
        try:
            public_bytes(text)
        except SignatureError:
            self.fail(f"{value} 不是签名公钥 / not a public key (44 characters, the last is =)", param, ctx)
        return text
