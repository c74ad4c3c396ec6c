"""The vocabulary every stage shares: frozen dataclasses, no I/O, nothing that draws.

It must not know Keras, the web, the disk or any stage that uses it.
"""
