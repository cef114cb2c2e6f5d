"""More of each track: how forceful, whether sung, how popular, and which song it is."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MAYBE = (("energy", sa.Float()), ("vocal", sa.Float()), ("popularity", sa.Integer()))
_TEXTS = (
    ("sources", sa.String(80)),
    ("song", sa.String(64)),
    ("sound_print", sa.Text()),
    ("heard_with", sa.String(40)),
)


def upgrade() -> None:
    with op.batch_alter_table("tracks") as tracks:
        for name, kind in _MAYBE:
            tracks.add_column(sa.Column(name, kind, nullable=True))
        for name, text in _TEXTS:
            tracks.add_column(sa.Column(name, text, nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("tracks") as tracks:
        for name, _ in (*_TEXTS, *_MAYBE):
            tracks.drop_column(name)
