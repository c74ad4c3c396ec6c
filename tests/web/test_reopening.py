"""An exported file is the figure: opened again and exported, it has the same bytes."""

import base64
import json
import zlib
from typing import Any

import pytest
from netfig.export import EXPORTERS, Options
from netfig.export.reopen import document
from netfig.model.scene import Scene
from web.conftest import CODE, Caller

SPEC = {
    "title": "Ours",
    "caption": "A small network.",
    "palette": "tol",
    "page": {"venue": "ieee", "column": "one"},
    "layers": {"dense": {"label": "scores"}},
    "types": {"Conv2D": {"fill": "#123456"}},
}


def upload(caller: Caller, content: bytes) -> Any:
    return caller.client.post("/api/figures", data=content, content_type="application/octet-stream")


def download(caller: Caller, made: Any, form: str, query: str = "") -> bytes:
    answer = caller("GET", f"/api/figures/{made['id']}/figure.{form}{query}")
    assert answer.status_code == 200
    return answer.data


@pytest.mark.parametrize("form", sorted(EXPORTERS))
@pytest.mark.parametrize("query", ["", "?outlined=1&background=0&dpi=90"])
def test_reopened_and_exported_the_bytes_are_the_same(
    caller: Caller, form: str, query: str
) -> None:
    made = caller.make(spec=SPEC)
    content = download(caller, made, form, query)
    again = upload(caller, content)
    assert again.status_code == 201, again.text
    assert download(caller, again.json, form, query) == content
    assert again.json["spec"] == made["spec"]
    assert again.json["drawing"]["svg"] == made["drawing"]["svg"]


def test_reopening_needs_no_runner_and_gives_a_figure_of_ones_own(
    caller: Caller, without_sandbox: Caller
) -> None:
    made = caller.make(spec=SPEC)
    again = upload(without_sandbox, download(caller, made, "svg")).json
    assert again["id"] != made["id"] and again["edit_token"] != made["edit_token"]
    path, token = f"/api/figures/{again['id']}", again["edit_token"]
    edited = without_sandbox("PUT", f"{path}/spec", again["spec"] | {"title": "x"}, token=token)
    assert edited.status_code == 200


def test_the_file_holds_neither_the_code_nor_what_it_printed(caller: Caller) -> None:
    made = caller.make(CODE + "\n# by Jane Doe\nprint('from Jane')\n")
    carried = document(download(caller, made, "pdf"))
    assert carried is not None
    packed = base64.b64decode(json.loads(carried)["capture"])
    whole = carried + zlib.decompress(packed).decode()
    assert "Jane" not in whole and '"Conv2D"' in whole
    assert upload(caller, download(caller, made, "pdf")).json["source"]["code"] == ""


def test_new_code_may_be_given_to_a_reopened_figure(caller: Caller) -> None:
    again = upload(caller, download(caller, caller.make(spec=SPEC), "png")).json
    path, token = f"/api/figures/{again['id']}/source", again["edit_token"]
    answer = caller("PUT", path, {"source": {"kind": "keras", "code": CODE}}, token=token)
    assert answer.status_code == 200 and answer.json["spec"]["layers"]["dense"]["label"] == "scores"


def test_without_its_document_a_file_is_a_picture_alone(caller: Caller) -> None:
    made = caller.make()
    for form in EXPORTERS:
        answer = upload(caller, download(caller, made, form, "?document=0"))
        assert (answer.status_code, answer.json["code"]) == (422, "input-error")


def good() -> dict[str, Any]:
    call = {"id": "a", "layer": "a", "class": "Dense", "name": "a", "inputs": [], "outputs": []}
    capture = {"format": 1, "models": [{"name": "m", "calls": [call], "edges": []}]}
    return {"format": 1, "title": "", "kind": "keras", "spec": {}, "capture": packed(capture)}


def packed(value: object) -> str:
    return base64.b64encode(zlib.compress(json.dumps(value).encode())).decode()


BAD = {
    "another format": {"format": 2},
    "no format": {"format": None},
    "an unknown kind": {"kind": "pickle"},
    "a wrong spec": {"spec": {"palette": "nonsense"}},
    "an unknown field": {"spec": {"surprise": 1}},
    "no base64": {"capture": "*"},
    "no zlib": {"capture": base64.b64encode(b"x").decode()},
    "no capture": {"capture": packed([])},
    "no model": {"capture": packed({"format": 1, "models": []})},
    "a bomb": {"capture": base64.b64encode(zlib.compress(b" " * 50_000_000, 9)).decode()},
    "a cut stream": {"capture": good()["capture"][:20]},
}


@pytest.mark.parametrize("name", BAD)
def test_a_hostile_document_is_refused_with_a_sentence(served: Any, name: str) -> None:
    from netfig.settings import Settings

    caller = served(Settings(limits=False))
    picture = Scene(width=9, height=9, items=())
    text = json.dumps(good() | BAD[name])
    for form in EXPORTERS:
        content = EXPORTERS[form].export(picture, Options(document=text)).content
        answer = upload(caller, content)
        assert (answer.status_code, answer.json["code"]) == (422, "input-error"), name
        assert answer.json["detail"] and answer.json["hint"]


@pytest.mark.parametrize(
    "content", [b"", b"import keras", b"<svg/>", b"%PDF-1.7\n%%EOF", b"\x89PNG"]
)
def test_any_other_file_is_refused(without_sandbox: Caller, content: bytes) -> None:
    answer = upload(without_sandbox, content)
    assert (answer.status_code, answer.json["code"]) == (422, "input-error")


def test_a_file_that_is_too_large_is_refused_unread(without_sandbox: Caller) -> None:
    assert upload(without_sandbox, b"x" * 8_000_001).status_code == 413
    assert upload(without_sandbox, b"x" * 7_900_000).status_code == 422
