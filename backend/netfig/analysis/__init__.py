"""What a network costs: a row a layer call with shapes, weights, multiply-accumulates and memory.

`table` is a pure stage from a LayerGraph; `csv_text` writes a Table for spreadsheets.
"""

from netfig.analysis.csv_text import csv_text
from netfig.analysis.table import Row, Table, table

__all__ = ["Row", "Table", "csv_text", "table"]
