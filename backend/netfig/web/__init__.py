"""The service over HTTP (backend/API.md). `create_app` is given what it uses; nothing is global."""

from netfig.web.app import create_app

__all__ = ["create_app"]
