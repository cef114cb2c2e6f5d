"""More of each choice: how likely it was, what spoke for it, where it was to lead and led."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CHOICE = (
    ("propensity", sa.Float()),
    ("terms", sa.JSON()),
    ("aim", sa.JSON()),
    ("chosen_by", sa.String(40)),
    ("achieved_valence", sa.Float()),
    ("achieved_arousal", sa.Float()),
)


def upgrade() -> None:
    with op.batch_alter_table("choices") as choices:
        for name, kind in _CHOICE:
            choices.add_column(sa.Column(name, kind, nullable=True))
    op.create_table(
        "preferences",
        sa.Column("listener_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("listener_id", name=op.f("pk_preferences")),
        sa.ForeignKeyConstraint(
            ["listener_id"],
            ["listeners.id"],
            name=op.f("fk_preferences_listener_id_listeners"),
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("preferences")
    with op.batch_alter_table("choices") as choices:
        for name, _ in reversed(_CHOICE):
            choices.drop_column(name)
