"""The compiled workbook (取りまとめ): one room for each of its sheets."""

from exports.compiled.book import write_compiled

__all__ = ["write_compiled"]
