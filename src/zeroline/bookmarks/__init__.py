"""The reader's own: bookmarks, notes and tags in one TOML file."""
