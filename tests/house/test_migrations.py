"""The migrations make what the models say, and the newest of them is named."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from portal.database import MIGRATIONS, Base, alembic_config, db

HEAD = MIGRATIONS / ".current-alembic-head"


def differences(app: Flask, metadata: sa.MetaData) -> list[object]:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def test_tables_are_as_the_models_say(app: Flask) -> None:
    assert differences(app, Base.metadata) == []


def test_the_command_says_so_too(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["database", "check"])
    assert (answer.exit_code, answer.output) == (0, "Tables and models agree.\n")


def test_a_forgotten_migration_is_found(app: Flask) -> None:
    grown = sa.MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(grown)
    grown.tables["account_claimant"].append_column(sa.Column("shoe_size", sa.Integer))
    (found,) = differences(app, grown)
    assert "shoe_size" in str(found)


def heads() -> list[str]:
    return list(ScriptDirectory.from_config(alembic_config()).get_heads())


def test_the_newest_migration_is_named_so_that_two_collide() -> None:
    assert heads() == [HEAD.read_text().strip()]


def test_migrations_are_numbered_one_after_the_other() -> None:
    files = sorted((MIGRATIONS / "versions").glob("*.py"))
    numbers = [file.name.partition("_")[0] for file in files]
    assert numbers == [f"{n:04d}" for n in range(1, len(files) + 1)]


def test_a_database_that_is_up_to_date_says_so(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["database", "upgrade"])
    assert (answer.exit_code, answer.output) == (0, "The database is up to date.\n")


@pytest.mark.parametrize("table", ["record_entry"])
def test_no_migration_after_the_first_loses_the_protection_of_entries(
    app: Flask, dialect: str, table: str
) -> None:
    known = {
        "sqlite": f"SELECT count(*) FROM sqlite_master WHERE type='trigger' AND tbl_name='{table}'",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
        f" AND tgrelid = '{table}'::regclass",
    }
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql(known[dialect]).scalar_one() >= 2


def test_the_file_is_where_it_is_written() -> None:
    assert HEAD.parent == Path(MIGRATIONS)


def test_what_was_booked_before_the_second_migration_stays(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'before.db'}")
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
    with engine.begin() as connection:
        before = sa.Table("appointments_appointment", sa.MetaData(), autoload_with=connection)
        values = {
            column.name: _something(column.type)
            for column in before.columns
            if not column.nullable and column.name != "interpreter"
        }
        connection.execute(before.insert().values(**values, interpreter="Kurdish Sorani"))
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")
        found = connection.exec_driver_sql(
            "SELECT interpreter, interpreter_by FROM appointments_appointment"
        ).one()
    assert tuple(found) == ("Kurdish Sorani", "")


def _something(kind: sa.types.TypeEngine[Any]) -> Any:
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 11, 22, tzinfo=UTC)
    if isinstance(kind, sa.Integer | sa.Boolean):
        return 1
    return b"1" * 16 if isinstance(kind, sa.LargeBinary) else "1"
