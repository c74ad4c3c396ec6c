import signal

import pytest
from netfig_sandbox import protocol, verdict
from netfig_sandbox.guest import wire
from netfig_sandbox.limits import RunLimits

LIMITS = RunLimits(cpu=2, wall=4)


def exited(code: int) -> int:
    return code << 8


@pytest.mark.parametrize(
    ("status", "cpu", "asked", "answered", "expected"),
    [
        (exited(0), 0.1, None, True, protocol.DONE),
        (exited(0), 0.1, None, False, protocol.CRASH),
        (exited(0), 0.1, protocol.OUTPUT, False, protocol.OUTPUT),
        (exited(7), 0.1, None, True, protocol.CRASH),
        (exited(wire.NO_MEMORY), 0.1, None, False, protocol.MEMORY),
        (exited(wire.TIME_CPU), 2.0, None, True, protocol.CPU),
        (exited(wire.TIME_WALL), 0.1, None, True, protocol.WALL),
        (exited(wire.NO_WALLS), 0.0, None, False, protocol.UNAVAILABLE),
        (wire.NOT_STARTED, 0.0, None, False, protocol.UNAVAILABLE),
        (int(signal.SIGXCPU), 3.0, None, False, protocol.CPU),
        (int(signal.SIGKILL), 4.0, None, False, protocol.CPU),
        (int(signal.SIGKILL), 0.3, None, False, protocol.MEMORY),
        (int(signal.SIGKILL), 0.3, protocol.WALL, False, protocol.WALL),
        (int(signal.SIGKILL), 0.3, protocol.CANCELLED, True, protocol.CANCELLED),
        (int(signal.SIGSEGV), 0.3, None, True, protocol.CRASH),
        (int(signal.SIGSYS), 0.3, None, False, protocol.POLICY),
    ],
)
def test_the_way_a_run_ended_decides(
    status: int, cpu: float, asked: str | None, answered: bool, expected: str
) -> None:
    ending = verdict.Ending(status=status, cpu=cpu, memory=0, clean=True)
    found, how = verdict.judge(ending, asked, LIMITS, answered)
    assert found == expected
    message = verdict.sentence(found, how, LIMITS)
    assert (message == "") == (found == protocol.DONE)
    assert "{" not in message


@pytest.mark.parametrize(
    ("status", "asked", "clean", "expected"),
    [
        (exited(0), None, True, False),
        (exited(13), None, True, False),
        (exited(wire.NO_WALLS), None, True, True),
        (int(signal.SIGXCPU), None, True, False),
        (int(signal.SIGKILL), protocol.WALL, True, False),
        (int(signal.SIGKILL), None, True, True),
        (int(signal.SIGSEGV), None, True, True),
        (int(signal.SIGSYS), None, True, True),
        (exited(0), None, False, True),
    ],
)
def test_a_box_is_kept_after_ordinary_endings_alone(
    status: int, asked: str | None, clean: bool, expected: bool
) -> None:
    ending = verdict.Ending(status=status, cpu=1.0, memory=0, clean=clean)
    assert verdict.suspicious(ending, asked) is expected


def test_every_verdict_has_a_sentence() -> None:
    assert set(verdict.MESSAGES) == set(protocol.VERDICTS)
