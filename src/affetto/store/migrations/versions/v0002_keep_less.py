"""Keep no more of a mood than was agreed to: choices without targets, ended sessions empty."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TARGETS = ("target_valence", "target_arousal")


def upgrade() -> None:
    with op.batch_alter_table("choices") as choices:
        for name in _TARGETS:
            choices.alter_column(name, existing_type=sa.Float(), nullable=True)
    # Whether the listener had agreed is not known of older rows.
    op.execute("UPDATE choices SET target_valence = NULL, target_arousal = NULL")
    op.execute("UPDATE sessions SET record = '{}' WHERE ended_at IS NOT NULL")


def downgrade() -> None:
    op.execute("UPDATE choices SET target_valence = 0 WHERE target_valence IS NULL")
    op.execute("UPDATE choices SET target_arousal = 0 WHERE target_arousal IS NULL")
    with op.batch_alter_table("choices") as choices:
        for name in _TARGETS:
            choices.alter_column(name, existing_type=sa.Float(), nullable=False)
