"""Options that several commands of this group have."""

from pathlib import Path
from typing import Final

import click

PATH: Final = click.Path(path_type=Path)
FORCE: Final = click.option("--force", is_flag=True, help="覆盖已有的文件\nwrite over a file that is there")
