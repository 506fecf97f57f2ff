"""The index of everything public, and its query. Knows no record: each app says what of its records is indexed."""
