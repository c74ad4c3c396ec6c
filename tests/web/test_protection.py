"""What a stranger may send, and what every answer carries, with and without a sandbox."""

import json
import re
import time
from dataclasses import replace

import pytest
from netfig.settings import Settings
from netfig.store import Store
from netfig.web.bodies import BYTES
from web.conftest import CODE, Caller, Served

SOURCE = {"source": {"kind": "keras", "code": "x = 1"}}

CALLS = [
    ("GET", "/"),
    ("GET", "/f/aaaaaaaaaaaaaaaaaaaaaa"),
    ("GET", "/assets/index-AbCd1234.js"),
    ("GET", "/api/meta"),
    ("GET", "/api/openapi.json"),
    ("GET", "/api/figures/aaaaaaaaaaaaaaaaaaaaaa"),
    ("GET", "/api/nothing"),
    ("GET", "/healthz"),
    ("PATCH", "/api/figures"),
]


@pytest.mark.parametrize("method, path", CALLS)
def test_every_answer_is_dressed(without_sandbox: Caller, method: str, path: str) -> None:
    answer = without_sandbox(method, path)
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Request-Id"]
    assert "Access-Control-Allow-Origin" not in headers
    if path.startswith("/api/"):
        assert headers["Cache-Control"] == "private, no-store"


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "https://localhost"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_another_sites_page_changes_nothing(
    without_sandbox: Caller, store: Store, method: str, headers: dict[str, str]
) -> None:
    made, token = store.create(kind="keras", code="", capture={}, model=0, spec="{}")
    path = {
        "POST": "/api/figures",
        "PUT": f"/api/figures/{made.id}/spec",
        "DELETE": f"/api/figures/{made.id}",
    }[method]
    answer = without_sandbox(method, path, {}, token=token, **headers)
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert store.get(made.id) == made


def test_this_sites_page_and_programs_may(without_sandbox: Caller) -> None:
    for headers in ({}, {"Origin": "http://localhost"}, {"Sec_Fetch_Site": "same-origin"}):
        answer = without_sandbox("POST", "/api/figures", SOURCE, **headers)
        assert answer.json["code"] == "unavailable"


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "text/json"],
)
def test_only_json_is_taken(without_sandbox: Caller, kind: str) -> None:
    answer = without_sandbox.client.post(
        "/api/figures", data=json.dumps(SOURCE), content_type=kind or None
    )
    assert (answer.status_code, answer.json["code"]) == (415, "unsupported-media-type")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/api/figures", "/api/runs/x", "/api/figures/x/preview"])
def test_looking_changes_nothing(without_sandbox: Caller, method: str, path: str) -> None:
    assert without_sandbox(method, path).status_code in (404, 405)


BODIES = {
    "not JSON": "{",
    "nothing": "",
    "a list": "[]",
    "a key twice": '{"source": {"kind": "keras", "code": "a", "code": "b"}}',
    "NaN": '{"source": {"kind": "keras", "code": "a"}, "model": NaN}',
    "deep": "[" * 100_000,
    "deep and whole": '{"source":' + "[" * 5_000 + "]" * 5_000 + "}",
    "giant number": '{"source": {"kind": "keras", "code": "a"}, "model": ' + "9" * 5_000 + "}",
    "another kind": '{"source": {"kind": "torch", "code": "a"}}',
    "code a list": '{"source": {"kind": "keras", "code": ["a"]}}',
    "code a number": '{"source": {"kind": "keras", "code": 7}}',
    "no source": "{}",
    "an unknown field": '{"source": {"kind": "keras", "code": "a"}, "admin": true}',
    "__proto__": '{"source": {"kind": "keras", "code": "a"}, "__proto__": {}}',
    "model negative": '{"source": {"kind": "keras", "code": "a"}, "model": -1}',
    "model a float": '{"source": {"kind": "keras", "code": "a"}, "model": 0.5}',
    "model true": '{"source": {"kind": "keras", "code": "a"}, "model": true}',
    "a lone surrogate": '{"source": {"kind": "keras", "code": "\\ud800"}}',
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_wrong_is_a_problem(without_sandbox: Caller, name: str) -> None:
    answer = without_sandbox.client.post(
        "/api/figures", data=BODIES[name], content_type="application/json"
    )
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] in ("invalid-request", "input-error")
    assert len(answer.data) < 2_000


DOCUMENTS = {
    "a colour by name": {"types": {"Conv2D": {"fill": "red"}}},
    "a colour that closes the style": {"types": {"a": {"fill": "#000000;} body{"}}},
    "a colour with a line end": {"types": {"a": {"fill": "#000000\n"}}},
    "a colour that loads": {"layers": {"a": {"fill": "url(http://x)"}}},
    "a colour of three digits": {"kinds": {"a": {"fill": "#abc"}}},
    "a font from elsewhere": {"page": {"font": "x; src:url(http://x)"}},
    "a venue nobody knows": {"page": {"venue": "../../etc"}},
    "a palette nobody knows": {"palette": "__proto__"},
    "a style nobody knows": {"style": "constructor"},
    "a page of a mile": {"page": {"width": 4_600_000}},
    "a page of nothing": {"page": {"width": 0}},
    "text of a mile": {"page": {"text": 1e9}},
    "glyphs of a mile": {"scale": {"tallest": 1e300}},
    "a nudge of a mile": {"layers": {"a": {"nudge": [1e9, 0]}}},
    "a nudge of three": {"layers": {"a": {"nudge": [1, 2, 3]}}},
    "a title of a book": {"title": "t" * 301},
    "an id of a book": {"layers": {"i" * 301: {}}},
    "a million groups": {"grouping": {"removed": ["g"] * 20_001}},
    "level negative": {"grouping": {"level": -1}},
    "level a float": {"grouping": {"level": 1.5}},
    "a flag a number": {"page": {"background": 1}},
    "another version": {"version": 2},
    "a field nobody knows": {"onload": "x"},
    "a field nobody knows, within": {"page": {"script": "x"}},
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_is_none_is_refused(without_sandbox: Caller, name: str) -> None:
    answer = without_sandbox("POST", "/api/figures", SOURCE | {"spec": DOCUMENTS[name]})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid-request")
    assert answer.json["detail"].startswith("spec.")


def test_a_document_with_infinity_is_refused(without_sandbox: Caller) -> None:
    raw = json.dumps(SOURCE | {"spec": {"layers": {"a": {"nudge": [float("inf"), 0]}}}})
    answer = without_sandbox.client.post("/api/figures", data=raw, content_type="application/json")
    assert answer.status_code == 422


def test_a_body_too_large_is_not_read(without_sandbox: Caller) -> None:
    answer = without_sandbox.client.post(
        "/api/figures", data=b"x" * (BYTES + 1), content_type="application/json"
    )
    assert (answer.status_code, answer.json["code"]) == (413, "request-entity-too-large")


def test_code_of_more_than_a_megabyte_is_refused(without_sandbox: Caller) -> None:
    for code in ("x" * 1_000_001, "é" * 600_000):
        answer = without_sandbox(
            "POST", "/api/figures", {"source": {"kind": "keras", "code": code}}
        )
        assert answer.status_code == 422


NAMES = [
    "..",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%00",
    "a%2fb",
    "x" * 3_000,
    "ａａａａａａａａａａａａａａａａａａａａａａ",
    "AAAAAAAAAAAAAAAAAAAAAA",
    "aaaaaaaaaaaaaaaaaaaaa%0a",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_none_is_not_found(without_sandbox: Caller, name: str) -> None:
    for part in ("", "/figure.svg", "/figure.pdf"):
        answer = without_sandbox("GET", f"/api/figures/{name}{part}")
        assert (answer.status_code, answer.json["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/assets/../../outside.txt",
        "/..%2foutside.txt",
        "//etc/passwd",
        "/.env",
        "/assets/.hidden",
        "/api/../index.html",
    ],
)
def test_the_page_gives_its_own_files_alone(without_sandbox: Caller, path: str) -> None:
    answer = without_sandbox("GET", path)
    assert answer.status_code in (308, 400, 404)
    assert "not yours" not in answer.text


def test_a_host_that_is_not_ours_is_refused(without_sandbox: Caller) -> None:
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example"):
        answer = without_sandbox("GET", "/api/meta", Host=host)
        assert (answer.status_code, answer.json["code"]) == (400, "bad-request")
        assert "evil" not in answer.text
    assert without_sandbox("GET", "/api/meta", Host="127.0.0.1:8000").status_code == 200


def test_forwarded_headers_are_believed_from_trusted_proxies_alone(
    served: Served, settings: Settings
) -> None:
    limited = replace(settings, limits=True, runs="2/minute")
    direct, behind = served(limited), served(replace(limited, proxies=1))

    def statuses(caller: Caller) -> list[int]:
        return [
            caller("POST", "/api/figures", SOURCE, X_Forwarded_For=f"203.0.113.{i}").status_code
            for i in range(4)
        ]

    assert statuses(direct) == [503, 503, 429, 429]
    assert statuses(behind) == [503, 503, 503, 503]


def test_too_many_runs_are_told_when_to_come_back(served: Served, settings: Settings) -> None:
    caller = served(replace(settings, limits=True, runs="3/minute", reads="50/minute"))
    answers = [caller("POST", "/api/figures", SOURCE) for _ in range(5)]
    assert [a.status_code for a in answers] == [503, 503, 503, 429, 429]
    assert answers[-1].json["code"] == "too-many-requests"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert caller("GET", "/api/meta").status_code == 200


def test_an_ipv6_customer_is_one_address(served: Served, settings: Settings) -> None:
    caller = served(replace(settings, limits=True, runs="2/minute", proxies=1))
    sent = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::2", "2001:db8:1:2:3:4:5:6", "2001:db8:1:3::1"]
    answers = [
        caller("POST", "/api/figures", SOURCE, X_Forwarded_For=address).status_code
        for address in sent
    ]
    assert answers == [503, 503, 429, 503]


def test_everybody_together_is_limited_too(served: Served, settings: Settings) -> None:
    caller = served(replace(settings, limits=True, global_runs="3/minute", proxies=1))
    answers = [
        caller("POST", "/api/figures", SOURCE, X_Forwarded_For=f"198.51.100.{i}").status_code
        for i in range(5)
    ]
    assert answers == [503, 503, 503, 429, 429]


def test_without_a_sandbox_the_rest_goes_on(without_sandbox: Caller) -> None:
    health = without_sandbox("GET", "/healthz")
    assert (health.status_code, health.json["status"]) == (200, "degraded")
    answer = without_sandbox("POST", "/api/figures", SOURCE)
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) >= 1


def test_a_failure_of_ours_tells_its_number_and_nothing_else(
    without_sandbox: Caller, store: Store
) -> None:
    made, _ = store.create(kind="keras", code="", capture={"secret": 1}, model=0, spec="not json")
    answer = without_sandbox("GET", f"/api/figures/{made.id}")
    assert answer.status_code == 500
    assert answer.json["code"] == "internal"
    assert answer.json["request"] == answer.headers["X-Request-Id"]
    assert not any(word in answer.text for word in ("Traceback", "secret", "File", "json"))


def test_metrics_are_for_the_machine_itself(served: Served, settings: Settings) -> None:
    caller = served(replace(settings, proxies=1))
    caller("GET", "/api/figures/aaaaaaaaaaaaaaaaaaaaaa")
    text = caller("GET", "/metrics").text
    assert 'netfig_requests_total{endpoint="figures.read",status="404"} 1.0' in text
    assert caller("GET", "/metrics", X_Forwarded_For="203.0.113.9").status_code == 404
    assert served(replace(settings, metrics="off"))("GET", "/metrics").status_code == 404
    inside = served(replace(settings, metrics="inside", proxies=1))
    assert inside("GET", "/metrics").status_code == 200
    assert inside("GET", "/metrics", X_Forwarded_For="127.0.0.1").status_code == 404


def test_the_sandbox_is_counted_too(caller: Caller, settings: Settings) -> None:
    def counted(name: str) -> float:
        found = re.search(rf"(?m)^{re.escape(name)} (.*)$", caller("GET", "/metrics").text)
        return float(found[1]) if found else 0.0

    done = 'netfig_verdicts_total{host="",verdict="done"}'
    before = counted(done)
    source = {"kind": "keras", "code": f"{CODE}# counted\n"}
    assert caller("POST", "/api/figures", {"source": source}).status_code == 201
    # Asked for at most every two seconds.
    end = time.monotonic() + 10
    while counted(done) <= before and time.monotonic() < end:
        time.sleep(0.2)
    assert counted(done) > before
    assert counted('netfig_run_seconds_bucket{host="",le="+Inf"}') > 0
    assert counted('netfig_box_seconds_count{host=""}') >= 1
    assert counted('netfig_boxes{host="",state="cap"}') > 0


def test_the_session_is_a_cookie_that_scripts_and_other_sites_cannot_use(
    served: Served, settings: Settings
) -> None:
    caller = served(replace(settings, public_url="https://netfig.example"))
    caller.client.delete_cookie("netfig_session", path="/api")
    cookie = caller(
        "POST", "/api/figures", SOURCE, Host="netfig.example", Origin="https://netfig.example"
    ).headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/api"):
        assert part in cookie
    assert "Set-Cookie" not in caller("GET", "/api/meta", Host="netfig.example").headers
