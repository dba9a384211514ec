"""Django's database backend for SQLite, which converts the SQL of each query once."""
