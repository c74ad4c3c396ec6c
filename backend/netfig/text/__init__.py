"""The only ruler: the bundled fonts and how long a line of text is in them.

It must not know what is drawn. Every renderer uses the same files, so all agree on every length.
"""
