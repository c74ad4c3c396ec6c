"""Asking for a capture: what a sandbox is to the rest of the program, and the ways to reach one.

It must not know what a capture means: its answer is a stranger's JSON.
"""

from netfig.sandbox_client.remembering import Remembering
from netfig.sandbox_client.runner import RunnerSandbox
from netfig.sandbox_client.sandbox import Sandbox, Stage, Status

__all__ = ["Remembering", "RunnerSandbox", "Sandbox", "Stage", "Status"]
