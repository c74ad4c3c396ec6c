"""Figures over HTTP, from the paste to the file, with a real guest."""

import re

import pytest
from netfig.export import EXPORTERS
from netfig.store import Store
from web.conftest import CODE, Caller


def test_a_paste_becomes_a_figure(caller: Caller) -> None:
    answer = caller("POST", "/api/figures", {"source": {"kind": "keras", "code": CODE}})
    made = answer.json
    assert answer.status_code == 201
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", made["id"])
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", made["edit_token"])
    assert made["view_url"] == f"http://localhost/f/{made['id']}"
    assert made["edit_url"] == f"{made['view_url']}#{made['edit_token']}"
    assert answer.headers["ETag"] == made["etag"] == '"1"'
    (model,) = made["models"]
    # 8*(27+1) + 16*(72+1) + 10*(1024+1), by hand
    assert (model["name"], model["layers"], model["parameters"]) == ("small", 7, 11_642)
    drawn = made["drawing"]
    assert drawn["svg"].startswith("<svg")
    assert {i for node in drawn["nodes"] for i in node["layers"]} >= {"image", "dense", "flatten"}
    for node in drawn["nodes"]:
        assert 0 <= node["box"]["x"] <= drawn["width"] - node["box"]["width"]
        assert f'data-source="node:{node["id"]}"' in drawn["svg"]


def test_reading_needs_the_id_alone_and_tells_no_token(caller: Caller) -> None:
    made = caller.make()
    read = caller("GET", f"/api/figures/{made['id']}")
    assert read.status_code == 200
    assert made["edit_token"] not in read.text
    assert read.json["edit_token"] is None
    assert read.json["drawing"] == made["drawing"]


def test_an_edit_is_kept_and_drawn(caller: Caller) -> None:
    made = caller.make()
    spec = made["spec"] | {"types": {"Conv2D": {"fill": "#123456"}}, "title": "Mine"}
    path = f"/api/figures/{made['id']}"
    edited = caller("PUT", f"{path}/spec", spec, token=made["edit_token"], If_Match='"1"')
    assert edited.status_code == 200
    assert edited.headers["ETag"] == '"2"'
    again = caller("GET", path).json
    assert again["spec"]["types"]["Conv2D"]["fill"] == "#123456"
    assert "#123456" in again["drawing"]["svg"]
    assert "#123456" not in made["drawing"]["svg"]


def test_who_edits_an_old_version_is_told_and_changes_nothing(caller: Caller) -> None:
    made = caller.make()
    path, token = f"/api/figures/{made['id']}", made["edit_token"]
    first = made["spec"] | {"title": "first"}
    assert caller("PUT", f"{path}/spec", first, token=token, If_Match='"1"').status_code == 200
    for stale in ('"1"', '"nonsense"', '"-1"', '"99"'):
        second = made["spec"] | {"title": "second"}
        answer = caller("PUT", f"{path}/spec", second, token=token, If_Match=stale)
        assert (answer.status_code, answer.json["code"]) == (412, "conflict")
    assert caller("GET", path).json["spec"]["title"] == "first"


@pytest.mark.parametrize(
    "method, part", [("PUT", "/spec"), ("PUT", "/model"), ("PUT", "/source"), ("DELETE", "")]
)
def test_a_link_for_viewing_changes_nothing(caller: Caller, method: str, part: str) -> None:
    made, other = caller.make(), caller.make()
    path = f"/api/figures/{made['id']}"
    body = {
        "/spec": made["spec"] | {"title": "x"},
        "/model": {"model": 0},
        "/source": {"source": {"kind": "keras", "code": "x"}},
        "": None,
    }[part]
    for token in ("", "wrong", other["edit_token"], made["edit_token"][:-1]):
        answer = caller(method, path + part, body, token=token)
        assert (answer.status_code, answer.json["code"]) == (403, "not-allowed")
    assert caller("GET", path).headers["ETag"] == '"1"'


def test_new_code_keeps_the_edits(caller: Caller) -> None:
    spec = {"layers": {"dense": {"label": "scores"}}, "palette": "grey"}
    made = caller.make(spec=spec)
    path, token = f"/api/figures/{made['id']}", made["edit_token"]
    code = CODE.replace("x = block(x, 16)", "x = block(x, 16)\nx = block(x, 32)")
    source = {"source": {"kind": "keras", "code": code}}
    again = caller("PUT", f"{path}/source", source, token=token)
    assert again.status_code == 200
    assert again.json["models"][0]["layers"] == 9
    assert again.json["spec"]["layers"]["dense"]["label"] == "scores"
    assert again.json["spec"]["palette"] == "grey"
    assert again.json["source"]["code"] == code


def test_code_that_fails_leaves_the_figure_as_it_is(caller: Caller) -> None:
    made = caller.make()
    path, token = f"/api/figures/{made['id']}", made["edit_token"]
    for code in ("def (", "raise ValueError('no')", "x = 1", ""):
        source = {"source": {"kind": "keras", "code": code}}
        answer = caller("PUT", f"{path}/source", source, token=token)
        assert (answer.status_code, answer.json["code"]) == (422, "program-error")
    kept = caller("GET", path)
    assert kept.headers["ETag"] == '"1"'
    assert kept.json["drawing"] == made["drawing"]


FAULTS = {
    "syntax": ("import keras\nx = (1,\ny = 2", 2, "never closed"),
    "exception": ("import keras\n\nraise ValueError('the reason')", 3, "the reason"),
    "in a function": ("def f():\n    return 1 / 0\n\nf()", 2, "division by zero"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_program_error_names_its_line(caller: Caller, name: str) -> None:
    code, line, said = FAULTS[name]
    answer = caller("POST", "/api/figures", {"source": {"kind": "keras", "code": code}})
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == "program-error"
    assert answer.json["line"] == line
    assert said in answer.json["detail"]


def test_a_model_is_chosen_by_index_variable_or_name(caller: Caller) -> None:
    code = CODE + (
        "\nother = keras.Sequential([keras.Input((4,)), layers.Dense(2)], name='second_one')\n"
    )
    made = caller.make(code)
    names = [model["name"] for model in made["models"]]
    assert sorted(names) == ["second_one", "small"]
    path, token = f"/api/figures/{made['id']}", made["edit_token"]
    for wanted in (names.index("second_one"), "second_one", "other"):
        answer = caller("PUT", f"{path}/model", {"model": wanted}, token=token)
        assert answer.status_code == 200, answer.text
        assert answer.json["model"] == names.index("second_one")
        assert answer.json["drawing"]["facts"]["layers"] == 2
    refused = caller("PUT", f"{path}/model", {"model": "third"}, token=token)
    assert refused.status_code == 422
    assert "second_one" in refused.json["hint"] or "other" in refused.json["hint"]
    # Run again, the model drawn before is drawn, wherever it comes now.
    again = caller(
        "PUT", f"{path}/source", {"source": {"kind": "keras", "code": code}}, token=token
    )
    assert again.json["models"][again.json["model"]]["name"] == "second_one"


def test_a_preview_is_drawn_and_not_stored(caller: Caller) -> None:
    made = caller.make()
    spec = made["spec"] | {"types": {"Dense": {"fill": "#654321"}}}
    path = f"/api/figures/{made['id']}"
    drawn = caller("POST", f"{path}/preview", spec)
    assert drawn.status_code == 200
    assert "#654321" in drawn.json["svg"]
    assert caller("GET", path).json["drawing"] == made["drawing"]


def test_deleted_is_gone(caller: Caller) -> None:
    made = caller.make()
    path = f"/api/figures/{made['id']}"
    assert caller("DELETE", path, token=made["edit_token"]).status_code == 204
    for look in (path, f"{path}/figure.svg", f"{path}/figure.pdf"):
        assert caller("GET", look).status_code == 404
    assert caller("DELETE", path, token=made["edit_token"]).status_code == 404


MAGIC = {"svg": b"<svg", "pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "eps": b"%!PS-Adobe"}


@pytest.mark.parametrize("form", EXPORTERS)
def test_every_format_is_a_download(caller: Caller, form: str) -> None:
    made = caller.make()
    answer = caller("GET", f"/api/figures/{made['id']}/figure.{form}")
    assert answer.status_code == 200
    assert MAGIC[form] in answer.data[:400] if form in MAGIC else len(answer.data) > 100
    assert answer.content_type.split(";")[0] == EXPORTERS[form].media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="small.{form}"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert caller("GET", f"/api/figures/{made['id']}/figure.{form}").data == answer.data


def test_resolution_of_a_picture_is_chosen_and_bounded(caller: Caller) -> None:
    path = f"/api/figures/{caller.make()['id']}/figure.png"
    small, large = (caller("GET", f"{path}?dpi={dpi}").data for dpi in (72, 144))
    width_small, width_large = (int.from_bytes(p[16:20], "big") for p in (small, large))
    assert abs(width_large - 2 * width_small) <= 2
    for bad in ("0", "35", "1201", "1e3", "nan", "-72", "99999999999", "²"):
        assert caller("GET", f"{path}?dpi={bad}").status_code == 400
    assert caller("GET", path.replace("png", "exe")).status_code == 404


def test_the_legend_is_a_file_of_its_own(caller: Caller) -> None:
    path = f"/api/figures/{caller.make()['id']}/figure.svg"
    whole, apart = caller("GET", path), caller("GET", f"{path}?part=legend")
    assert apart.headers["Content-Disposition"] == 'attachment; filename="small-legend.svg"'
    widths = [re.search(rb'viewBox="0 0 ([0-9.]+) ', answer.data) for answer in (whole, apart)]
    assert widths[0] and widths[1] and widths[0][1] == widths[1][1]
    texts = [set(re.findall(rb">([^<>]+)</text>", answer.data)) for answer in (whole, apart)]
    assert b"Dense" in b" ".join(texts[1])
    assert texts[1] < texts[0]
    assert caller("GET", f"{path}?part=all").status_code == 400


def test_a_file_name_is_harmless_whatever_the_title(caller: Caller) -> None:
    made = caller.make(spec={"title": 'a"b\r\nSet-Cookie: x=1\u202e/../ü.exe'})
    answer = caller("GET", f"/api/figures/{made['id']}/figure.svg")
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="a-b-Set-Cookie-x-1-exe.svg"'
    )
    assert "Set-Cookie" not in answer.headers


def test_names_of_layers_are_text_and_nothing_else(caller: Caller) -> None:
    name = "a<script>alert(1)<x onload=y>&#x0;]]>"
    made = caller.make(CODE.replace('name="image"', f"name={name!r}"))
    spec = made["spec"] | {"labels": made["spec"]["labels"] | {"names": "below"}}
    drawn = caller("POST", f"/api/figures/{made['id']}/preview", spec).json
    assert "<script" not in drawn["svg"]
    assert "<x onload" not in drawn["svg"]
    assert any(name in node["layers"] for node in drawn["nodes"])


def test_the_same_paste_gives_the_same_bytes(caller: Caller) -> None:
    first, second = caller.make(), caller.make(CODE + "\n")
    for form in ("svg", "pdf"):
        one, two = (
            caller("GET", f"/api/figures/{made['id']}/figure.{form}").data
            for made in (first, second)
        )
        assert one == two


def test_a_figure_that_was_never_kept_is_none_of_the_store(caller: Caller, store: Store) -> None:
    caller("POST", "/api/figures", {"source": {"kind": "keras", "code": "x = 1"}})
    assert store.count() == 0
    caller.make()
    assert store.count() == 1
