"""Runs a stranger's Keras code once, without network, and hands back a capture of its models."""
