"""Runs the migrations on the connection that ``Database.migrate`` brings along."""

from alembic import context

from affetto.store.tables import Base

connection = context.config.attributes.get("connection")
if connection is None:
    raise RuntimeError("Migrations run when Affetto starts; see Database.migrate.")

context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
