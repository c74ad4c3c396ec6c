"""The default style: glyphs whose edges are extents and whose length is features.

measure   node -> extent, with the room its labels need
labels    what is written at which node
shapes    the outline of each glyph
wires     routes with rounded corners and arrow heads
legend    what the glyphs mean, with the inside of each kind of block
draw      the scene
"""
