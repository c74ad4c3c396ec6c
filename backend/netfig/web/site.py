"""What this service is called from outside."""

from flask import request

from netfig.web.state import state


def site() -> str:
    """The site's URL without a slash at its end.

    A host that is believed here was checked against the trusted hosts by Flask.
    """
    return (state().settings.public_url or request.host_url).rstrip("/")
