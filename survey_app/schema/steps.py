"""The list of the steps, filled by the modules beside it in the order in which the package names them."""

from sqlite_utils.migrations import Migrations

migrations = Migrations("shokai")
