"""The song tables that were imported, so that each can be named, renewed and forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "song_tables",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("songs", sa.Integer(), nullable=False),
        sa.Column("told_from", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_song_tables")),
    )


def downgrade() -> None:
    op.drop_table("song_tables")
