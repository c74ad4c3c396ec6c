"""Groups: the blocks a person would draw, found, named, folded and counted.

`find` builds the tree of groups of a network once, `fold` says what is shown of it at a level.
"""

from netfig.grouping.finding import find
from netfig.grouping.folding import fold
from netfig.grouping.hierarchy import Hierarchy

__all__ = ["Hierarchy", "find", "fold"]
