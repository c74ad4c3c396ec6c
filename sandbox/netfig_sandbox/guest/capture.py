"""Runs a paste and says what networks it made: `run(code, options)`, the guest's one entry.

    python -m netfig_sandbox.guest.capture FILE      prints the capture of a file

The wire format is described in CAPTURE.md. `run` never raises for what a paste does.
"""

import json
import sys
from typing import Any

from netfig_sandbox.guest import choose, hooks
from netfig_sandbox.guest.dump import Dump, count, engine_versions, text
from netfig_sandbox.guest.engines import KERAS2, KERAS3, graph_of
from netfig_sandbox.guest.provenance import PASTE
from netfig_sandbox.guest.record import CURRENT, Record
from netfig_sandbox.guest.walk import Walker

hooks.install()


def run(code: str, options: dict[str, Any]) -> dict[str, Any]:
    import keras

    record = Record()
    CURRENT.record = record
    scope: dict[str, Any] = {"__name__": "__main__"}
    keras.StatelessScope().__enter__()
    exec(compile(code, PASTE, "exec"), scope)
    dump = Dump()
    out = []
    for found in choose.models(record, scope):
        graph = graph_of(found.model)
        if graph is None:
            continue
        network = Walker(record).whole(graph)
        out.append({"name": text(found.model.name), "parameters": count(found.model.weights), **dump.model(network)})
    return {"format": 1, "engine": engine_versions(KERAS3), "models": out}


if __name__ == "__main__":
    print(json.dumps(run(open(sys.argv[1]).read(), {}), indent=1))
