"""Importing: from a table with any column names (CSV, TSV, JSON Lines) to a corpus folder, in one pass.

:mod:`zeroline.importing.first_look` reads the first rows, :mod:`zeroline.importing.guess` says which column is which,
and :mod:`zeroline.importing.run` does the import. Memory stays bounded whatever the file's size: rows stream, and what
must be remembered of each (ids, speakers) is kept as hashes, beyond some millions on disk.
"""
