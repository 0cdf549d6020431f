"""Interpreters and languages"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "translating_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("string_id", sa.String(length=8), nullable=False),
        sa.Column("english", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("endpoint", sa.String(length=80), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.Column("better", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["account_staff.id"], name=op.f("fk_translating_report_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translating_report")),
    )
    op.create_index(
        "ix_translating_report_open", "translating_report", ["language", "settled_at"], unique=False
    )
    op.create_table(
        "account_interpreter_need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=False),
        sa.Column("help", sa.String(10), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("dialect", sa.Text(), nullable=False),
        sa.Column("wanted", sa.String(10), nullable=False),
        sa.Column("safe", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["claimant_id"],
            ["account_claimant.id"],
            name=op.f("fk_account_interpreter_need_claimant_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_interpreter_need")),
        sa.UniqueConstraint("claimant_id", name=op.f("uq_account_interpreter_need_claimant_id")),
    )
    op.create_table(
        "notices_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("regarding", sa.Uuid(), nullable=True),
        sa.Column("told", sa.String(8), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("review", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("wording", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["claimant_id"], ["account_claimant.id"], name=op.f("fk_notices_notice_claimant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices_notice")),
    )
    op.create_index(
        op.f("ix_notices_notice_claimant_id"), "notices_notice", ["claimant_id"], unique=False
    )
    op.create_index("ix_notices_regarding", "notices_notice", ["regarding", "at"], unique=False)
    op.create_table(
        "typed_words",
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("fit", sa.String(8), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("named", sa.Text(), nullable=False),
        sa.Column("translator", sa.Text(), nullable=False),
        sa.Column("english", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claimant_id"], ["account_claimant.id"], name=op.f("fk_typed_words_claimant_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["account_staff.id"], name=op.f("fk_typed_words_settled_by")
        ),
        sa.PrimaryKeyConstraint("about", "side", name=op.f("pk_typed_words")),
    )
    op.create_index(
        op.f("ix_typed_words_claimant_id"), "typed_words", ["claimant_id"], unique=False
    )
    op.create_index("ix_typed_words_waiting", "typed_words", ["waits", "typed_at"], unique=False)
    op.create_table(
        "interpreting_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments_appointment.id"],
            name=op.f("fk_interpreting_session_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["claimant_id"],
            ["account_claimant.id"],
            name=op.f("fk_interpreting_session_claimant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["account_visit.id"],
            name=op.f("fk_interpreting_session_visit_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreting_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_interpreting_session_token_hash")),
    )
    op.create_index(
        op.f("ix_interpreting_session_claimant_id"),
        "interpreting_session",
        ["claimant_id"],
        unique=False,
    )
    op.create_index(
        "uq_interpreting_session_open",
        "interpreting_session",
        ["claimant_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    # Of what was booked before, nobody said how an interpreter comes.
    op.add_column(
        "appointments_appointment",
        sa.Column("interpreter_by", sa.String(32), nullable=False, server_default=""),
    )


def downgrade() -> None:
    raise NotImplementedError("Records are not taken apart again: restore a backup.")
