"""Which providers a listener has connected, and where their music sounds."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _listener(table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    return (
        sa.Column("listener_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["listener_id"],
            ["listeners.id"],
            name=op.f(f"fk_{table}_listener_id_listeners"),
            ondelete="CASCADE",
        ),
    )


def upgrade() -> None:
    op.create_table(
        "connections",
        *_listener("connections"),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("listener_id", "provider", name=op.f("pk_connections")),
    )
    op.create_table(
        "outlets",
        *_listener("outlets"),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("listener_id", name=op.f("pk_outlets")),
    )


def downgrade() -> None:
    op.drop_table("outlets")
    op.drop_table("connections")
