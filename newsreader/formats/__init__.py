"""How dates and times are written, for each language that differs from Django's own way: see FORMAT_MODULE_PATH in Django's settings."""
