"""The order and the names of the calls that a trace heard. It knows calls and sources alone."""

import heapq

from netfig_sandbox.guest.network import Call


def numbered(calls: list[Call]) -> list[Call]:
    """Operation nodes get names in the order of the run: add, add_1 …"""
    counts: dict[str, int] = {}
    for call in calls:
        if call.layer is None and not call.name:
            base = "".join("_" + c.lower() if c.isupper() else c for c in call.kind).strip("_")
            key = "/".join((*call.path, base))
            counts[key] = counts.get(key, 0) + 1
            call.name = base if counts[key] == 1 else f"{base}_{counts[key] - 1}"
    return calls


def forwards(calls: list[Call]) -> list[Call]:
    """The calls so ordered that every edge runs forwards, else as they were made."""
    place = {call: number for number, call in enumerate(calls)}
    needs = {
        call: {s[0] for s in call.sources if s is not None and s[0] in place} - {call}
        for call in calls
    }
    if all(place[s] < place[c] for c, sources in needs.items() for s in sources):
        return calls
    after: dict[Call, list[Call]] = {}
    open_needs = {call: len(sources) for call, sources in needs.items()}
    for call, sources in needs.items():
        for source in sources:
            after.setdefault(source, []).append(call)
    ready = [place[c] for c in calls if not open_needs[c]]
    heapq.heapify(ready)
    ordered: list[Call] = []
    while ready:
        call = calls[heapq.heappop(ready)]
        ordered.append(call)
        for later in after.get(call, []):
            open_needs[later] -= 1
            if not open_needs[later]:
                heapq.heappush(ready, place[later])
    return ordered
