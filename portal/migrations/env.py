"""Run by Alembic with a connection that `portal.database` hands over."""

from typing import Any

import sqlalchemy as sa
from alembic import context

from portal.database import Base, Moment, Sealed


def render_item(kind: str, item: Any, _context: Any) -> Any:
    """Migrations name plain types, so that they read the same when our own types change."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.Text()"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String({item.length})"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
