"""The page's files, and what the service says of itself."""

import gzip
import json
import re
from pathlib import Path

from netfig.export import EXPORTERS
from netfig.model.venues import VENUES
from netfig.web.schema import CALLS
from web.conftest import Caller


def test_every_address_of_a_figure_is_the_page_with_a_nonce_of_its_own(
    without_sandbox: Caller,
) -> None:
    seen = set()
    for path in ("/", "/f/aaaaaaaaaaaaaaaaaaaaaa", "/f/bbbbbbbbbbbbbbbbbbbbbb"):
        answer = without_sandbox("GET", path)
        assert answer.content_type == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-cache"
        (nonce,) = re.findall(r'content="([A-Za-z0-9_-]{22})"', answer.text)
        assert f"style-src 'self' 'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
        seen.add(nonce)
    assert len(seen) == 3


def test_files_named_by_their_content_are_kept_for_ever(without_sandbox: Caller) -> None:
    hashed = without_sandbox("GET", "/assets/index-AbCd1234.js")
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "javascript" in hashed.content_type
    assert without_sandbox("GET", "/icon.svg").headers["Cache-Control"] == "no-cache"


def test_menus_come_from_the_tables(without_sandbox: Caller) -> None:
    meta = without_sandbox("GET", "/api/meta").json
    assert [venue["id"] for venue in meta["venues"]] == list(VENUES)
    assert [form["id"] for form in meta["formats"]] == list(EXPORTERS)
    (cvpr,) = (venue for venue in meta["venues"] if venue["id"] == "cvpr")
    assert (cvpr["one"], cvpr["full"], cvpr["text"]) == (3.25 * 72, 6.875 * 72, 7)


def test_examples_are_code_with_titles(without_sandbox: Caller) -> None:
    examples = without_sandbox("GET", "/api/examples").json
    assert {"resnet50", "unet", "vgg16", "transformer"} <= {e["id"] for e in examples}
    for example in examples:
        compile(example["code"], example["id"], "exec")
        assert 3 < len(example["title"]) < 80


def test_the_schema_names_every_call_there_is_and_no_other(without_sandbox: Caller) -> None:
    app = without_sandbox.client.application
    there = {
        (method.lower(), re.sub(r"<(\w+:)?(\w+)>", r"{\2}", rule.rule).replace("{figure}", "{id}"))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(("/api/", "/healthz"))
    }
    schema = without_sandbox("GET", "/api/openapi.json").json
    described = {(method, path) for path, ways in schema["paths"].items() for method in ways}
    assert described | {("get", "/api/openapi.json")} == there
    assert len(described) == len(CALLS)


def test_every_reference_in_the_schema_leads_somewhere(without_sandbox: Caller) -> None:
    schema = without_sandbox("GET", "/api/openapi.json").json
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(schema)))
    assert references <= set(schema["components"]["schemas"])
    assert {"Figure", "FigureSpec", "FigureSpecInput", "Problem", "StageEvent"} <= set(
        schema["components"]["schemas"]
    )
    # What the server sends is whole; what it takes may leave defaults out.
    sent = schema["components"]["schemas"]["FigureSpec"]
    assert set(sent["required"]) == set(sent["properties"])
    assert "required" not in schema["components"]["schemas"]["FigureSpecInput"]


def test_files_come_packed_to_browsers_that_take_them(without_sandbox: Caller, page: Path) -> None:
    script = page / "assets" / "index-AbCd1234.js"
    script.with_name(f"{script.name}.gz").write_bytes(gzip.compress(script.read_bytes()))
    asked = "/assets/index-AbCd1234.js"
    packed = without_sandbox("GET", asked, Accept_Encoding="br, gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == script.read_bytes()
    plain = without_sandbox("GET", asked)
    assert "Content-Encoding" not in plain.headers
    assert plain.data == script.read_bytes()
    for answer in (packed, plain):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "javascript" in answer.content_type
