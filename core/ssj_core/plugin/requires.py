"""`requires_core`: the versions of ssj-core a plugin works with, as Python packages write them (PEP 440)."""

import ssj_core
from ssj_core.problems import PluginError, problem


def check_requires(needs: str, plugin: str, file: str, row: int) -> None:
    """Compare `needs`, such as `>=0.1` or `>=0.1,<2`, with this ssj-core; a preview counts as its version does.

    Raises:
        PluginError: it cannot be read, names no version at all, or is for another ssj-core.
    """
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # costs a few milliseconds, only where plugins are

    field = "requires_core"
    try:
        wanted = SpecifierSet(needs)
    except InvalidSpecifier:
        raise PluginError([problem("SSJ-G014", file=file, row=row, field=field, value=needs, plugin=plugin)]) from None
    if not len(wanted):
        raise PluginError([problem("SSJ-G014", file=file, row=row, field=field, value=needs, plugin=plugin)])
    if not wanted.contains(ssj_core.__version__, prereleases=True):
        have = ssj_core.__version__
        found = problem("SSJ-G010", file=file, row=row, field=field, value=plugin, needs=needs, have=have)
        raise PluginError([found])
