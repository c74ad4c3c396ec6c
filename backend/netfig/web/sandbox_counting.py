"""What the sandboxes count of themselves, as Prometheus wants it: one label names the host."""

from collections.abc import Iterator, Mapping
from typing import Any

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from netfig.web.condition import Condition

_TIMES = {
    "run": "Time of a run in its box",
    "wait": "Time until a run had a box and a turn",
    "box": "Time from the start of a box to its readiness",
}


class SandboxCollector(Collector):
    """Reads the last status; asks the sandbox no more often than anybody else does."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition

    def describe(self) -> list[Metric]:
        """Nothing is known before somebody asks."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The metrics of every host."""
        answer = self._condition.status().answer
        hosts: Mapping[str, Any] = answer.get("hosts") or {"": answer}
        boxes = GaugeMetricFamily("netfig_boxes", "Boxes", labels=["host", "state"])
        queue = GaugeMetricFamily("netfig_queue", "Runs", labels=["host", "state"])
        events = CounterMetricFamily("netfig_sandbox", "Events", labels=["host", "event"])
        verdicts = CounterMetricFamily("netfig_verdicts", "Runs ended", labels=["host", "verdict"])
        times = {
            name: HistogramMetricFamily(f"netfig_{name}_seconds", text, labels=["host"])
            for name, text in _TIMES.items()
        }
        for host, said in hosts.items():
            for state, count in _numbers(said.get("boxes")):
                boxes.add_metric([host, state], count)
            for state, count in _numbers(said.get("queue")):
                queue.add_metric([host, state], count)
            for event, count in _numbers(said.get("counters")):
                kind, _, verdict = event.partition(".")
                if kind == "verdict":
                    verdicts.add_metric([host, verdict], count)
                else:
                    events.add_metric([host, event], count)
            for name, frame in (said.get("times") or {}).items():
                if name in times:
                    within = [(str(limit), count) for limit, count in frame["within"]]
                    times[name].add_metric(
                        [host], buckets=[*within, ("+Inf", frame["count"])], sum_value=frame["sum"]
                    )
        yield from (boxes, queue, events, verdicts, *times.values())


def _numbers(found: object) -> list[tuple[str, float]]:
    if not isinstance(found, Mapping):
        return []
    return [(str(name), float(count)) for name, count in found.items()]
