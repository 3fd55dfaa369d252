"""The command line: one file a command; ``output`` alone writes stdout, ``diagnostics`` alone stderr and exit codes.

Importing this package is cheap, so that the explorer can start without click: see :mod:`zeroline.__main__`.
"""
