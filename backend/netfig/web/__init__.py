"""The service over HTTP (backend/API.md): `app.create_app`, which is given what it uses.

Nothing is imported here: the command line reads documents by `document` and `carried`, and need not
wait for a server.
"""
