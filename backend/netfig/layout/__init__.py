"""Where everything lies: GroupedGraph and extents -> Placement. Follows FIGURE.md, section 4.

structure   takes the shown graph apart: series, regions, tangles; tangles makes those smaller
blocks      measures the parts, inside out
wires       places them and draws the wires, outside in
rows        breaks the spine where the page ends
nudging     moves made by hand
layered     what has no structure, by a library

It must not know colours, text or the page's venue.
"""

from netfig.layout.engine import lay_out
from netfig.layout.measured import Spacing
from netfig.layout.nudging import nudge
from netfig.layout.structure import Series, structure

__all__ = ["Series", "Spacing", "lay_out", "nudge", "structure"]
