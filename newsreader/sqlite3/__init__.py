"""Django's database backend for SQLite, which writes the SQL of a query for SQLite once."""
