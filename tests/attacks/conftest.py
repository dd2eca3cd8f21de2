"""A PostgreSQL server for the attacks: the one that is named, or one of our own for as long as they run."""

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


def _programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: on the path, or where Debian keeps them."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return Path(found).resolve().parent if found else debian[-1] if debian else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """How to reach a server with ICU, as psql takes it; SSJ_TEST_POSTGRES names one that is there already."""
    if named := os.environ.get("SSJ_TEST_POSTGRES"):
        yield named
        return
    programs = _programs()
    if programs is None or os.name != "posix":  # on Windows by SSJ_TEST_POSTGRES only
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL server is installed: .ci/run should have installed one")
        pytest.skip("needs a PostgreSQL server: none is installed and SSJ_TEST_POSTGRES names none")
    # The server refuses to be run by root.
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    with TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, user)

        def play(program: str, *arguments: str) -> None:
            command = [str(programs / program), "--pgdata", f"{folder}/data", *arguments]
            who = user if os.geteuid() == 0 else None
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=who)

        play("initdb", "--username", user, "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        play("pg_ctl", "--options", options, "--log", f"{folder}/log", "--wait", "start")
        try:
            yield f"host={folder} user={user} dbname=postgres"
        finally:
            play("pg_ctl", "--mode", "immediate", "--wait", "stop")
