"""Netfig: the figure for your paper, drawn from the Keras code of your network."""

__version__ = "0.1.0"
