"""A small capture written by hand, for tests to bend."""

from typing import Any


def tensor(*shape: int | None) -> dict[str, Any]:
    axes = {2: ["batch", "channels"], 4: ["batch", "height", "width", "channels"]}[len(shape)]
    return {"shape": list(shape), "dtype": "float32", "axes": axes}


def call(name: str, kind: str, inputs: list[Any], outputs: list[Any], **more: Any) -> Any:
    return {
        "id": name,
        "layer": name,
        "class": kind,
        "module": "keras.layers",
        "name": name,
        "config": {},
        "wrapped": None,
        "inputs": inputs,
        "outputs": outputs,
        "parameters": 0,
        "trainable": 0,
        "path": [],
        "stack": [],
        "line": None,
        "operation": False,
        "custom": False,
        **more,
    }


def capture() -> dict[str, Any]:
    """One image through two convolutions whose results are added."""
    image, maps = tensor(None, 32, 32, 3), tensor(None, 32, 32, 8)
    return {
        "format": 1,
        "engine": {"keras": "3.15.1", "dialect": "keras3"},
        "models": [
            {
                "name": "tiny",
                "variable": "model",
                "class": "Functional",
                "line": 9,
                "parameters": 448,
                "trainable": 448,
                "contained": False,
                "inputs_guessed": False,
                "calls": [
                    call("image", "InputLayer", [], [image], line=3),
                    call(
                        "left",
                        "Conv2D",
                        [image],
                        [maps],
                        parameters=224,
                        trainable=224,
                        config={"filters": 8, "kernel_size": [3, 3]},
                        stack=[
                            {"function": "branch", "line": 5, "invocation": 1, "library": False}
                        ],
                        line=5,
                    ),
                    call("right", "Conv2D", [image], [maps], parameters=224, trainable=224),
                    call("add", "Add", [maps, maps], [maps], line=8),
                ],
                "edges": [
                    ["image", 0, "left", 0],
                    ["image", 0, "right", 0],
                    ["left", 0, "add", 0],
                    ["right", 0, "add", 1],
                ],
                "outputs": [["add", 0]],
            }
        ],
        "warnings": [{"code": "stand-in", "message": "torch is not here", "line": 2}],
        "error": None,
        "output": "hello\n",
    }
