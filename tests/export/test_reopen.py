"""What goes into a file comes out of it; what anybody else's file holds does no harm."""

import json

import pytest
from export.resnet50_scene import resnet50
from hypothesis import example, given, settings
from hypothesis import strategies as st
from netfig.export import EXPORTERS, Options
from netfig.export.reopen import document
from netfig.model.scene import Scene

DOCUMENTS = [
    json.dumps({"version": 1, "title": 'a <b> & "c" ]]> \u2028 é \U0001f600'}, ensure_ascii=False),
    json.dumps({"control": "\x01\x7f\ufffe\ud800\r\n"}),
    '{\n  "indented": true\r\n}\n',
    json.dumps({"large": ["layer"] * 50_000}),
]


@pytest.mark.parametrize("name", sorted(EXPORTERS))
@pytest.mark.parametrize("text", DOCUMENTS)
def test_the_document_comes_back_as_it_was(name: str, text: str) -> None:
    content = EXPORTERS[name].export(resnet50(), Options(document=text, dpi=72)).content
    assert document(content) == text
    again = EXPORTERS[name].export(resnet50(), Options(document=text, dpi=72)).content
    assert again == content


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_a_file_without_document_has_none(name: str) -> None:
    scene = Scene(width=9, height=9, items=())
    assert document(EXPORTERS[name].export(scene, Options(dpi=72)).content) is None


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec=None), max_size=20))
@example("\ufeff\r\x00\ud800")
def test_raw_characters_in_an_svg_keep_their_meaning(string: str) -> None:
    text = json.dumps({"a": string}, ensure_ascii=False)
    scene = Scene(width=9, height=9, items=())
    content = EXPORTERS["svg"].export(scene, Options(document=text)).content
    found = document(content)
    assert found is not None and json.loads(found) == {"a": string}


ELEMENT = b'<svg><document xmlns="urn:netfig:document">&y;</document></svg>'
BOMB = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]>' + ELEMENT
OUTSIDE = b'<!DOCTYPE a [<!ENTITY y SYSTEM "file:///etc/passwd">]>' + ELEMENT


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a figure",
        b"<svg>",
        BOMB,
        OUTSIDE,
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 40,
        b"\x89PNG\r\n\x1a\n\0\0\0\x20iTXtnetfig:document\0\0\0",
        b"%PDF-1.5\n" + b"\0" * 100,
        b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
        b"%!PS-Adobe-3.0\n%netfig:document ====\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 100_000,
    ],
)
def test_any_other_file_has_none(content: bytes) -> None:
    assert document(content) is None


def test_a_damaged_file_has_none_or_the_document() -> None:
    text = '{"version": 1}'
    for name in sorted(EXPORTERS):
        content = EXPORTERS[name].export(resnet50(), Options(document=text, dpi=72)).content
        for keep in (10, len(content) // 3, len(content) - 20):
            assert document(content[:keep]) in (None, text)
