"""Runs inside the guest's environment for tests: one JSON request a line, one answer a line.

{"code", "options"} is answered with a capture, {"application"} with what Keras itself counts of a
constructor of keras.applications, {"list": module} with names. Each request has a process of its
own, forked from one that has imported the libraries, as in the zygote.
"""

import json
import os
import sys
import tempfile
from typing import Any


def counted(model: Any) -> tuple[int, int]:
    """Calls and edges of a functional model by Keras's own operations, nested models opened."""
    import keras

    model = getattr(model, "_functional", model)
    own = {id(node) for nodes in model._nodes_by_depth.values() for node in nodes}
    calls = edges = 0
    for operation in model.operations:
        for node in (n for n in operation._inbound_nodes if id(n) in own):
            if isinstance(operation, keras.Model):
                inside = counted(operation)
                calls += inside[0] - len(operation.inputs)
                edges += inside[1]
            else:
                calls += 1
                edges += len(node.input_tensors)
    return calls, edges


def application(name: str) -> list[int]:
    """Calls, edges and weights of a constructor of keras.applications."""
    import keras

    with keras.StatelessScope():
        model = getattr(keras.applications, name)(weights=None)
        weights = 0
        for weight in model.weights:
            size = 1
            for axis in weight.shape:
                size *= axis
            weights += size
        return [*counted(model), weights]


def answer(request: dict[str, Any]) -> Any:
    """The answer to one request."""
    import keras
    from netfig_sandbox.guest import capture

    if "application" in request:
        return application(request["application"])
    if "list" in request:
        module = getattr(keras, request["list"])
        return sorted(n for n in dir(module) if n[0].isupper())
    return capture.run(request["code"], request.get("options", {}))


def main() -> None:
    """Serves until the input ends."""
    import keras.applications
    from netfig_sandbox.guest import capture

    assert capture and keras
    for line in sys.stdin:
        receiving, sending = os.pipe()
        child = os.fork()
        if child == 0:
            with tempfile.TemporaryDirectory() as own, os.fdopen(sending, "w") as out:
                # Programs leave files where they run.
                os.chdir(own)
                json.dump(answer(json.loads(line)), out)
            os._exit(0)
        os.close(sending)
        with os.fdopen(receiving) as whole:
            sys.stdout.write(whole.read() + "\n")
        sys.stdout.flush()
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
