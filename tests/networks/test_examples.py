"""The page's examples draw what was worked out by hand; the sums say how."""

import pytest
import tools
from networks.expectation import value
from networks.guest import Guest

FOLDER = tools.ROOT / "backend/netfig/web/examples"

EXPECTED: dict[str, tuple[str, str, str]] = {
    # layers, edges, parameters
    "mlp": ("1 + 6", "7 - 1", "(784+1)*512 + (512+1)*256 + (256+1)*10"),
    "lenet": (
        "1 + 5 + 3",
        "9 - 1",
        "(25+1)*6 + (25*6+1)*16 + (25*16+1)*120 + (120+1)*84 + (84+1)*10",
    ),
    "vgg16": (
        "1 + 13 + 5 + 4",
        "23 - 1",
        "(9*3+1)*64 + (9*64+1)*64 + (9*64+1)*128 + (9*128+1)*128 + (9*128+1)*256 + 2*(9*256+1)*256"
        "+ (9*256+1)*512 + 5*(9*512+1)*512 + (49*512+1)*4096 + (4096+1)*4096 + (4096+1)*1000",
    ),
    # Stem 5 with the input; sixteen blocks of 10, four of them with 2 more; pooling and dense.
    # Widths w = 64, 128, 256, 512 with 3, 4, 6, 3 blocks; each convolution has no bias, each
    # normalisation 4 numbers a channel.
    "resnet50": (
        "5 + 16*10 + 4*2 + 2",
        "175 - 1 + 16",
        "49*3*64 + 4*64"
        "+ 64*64 + 9*64*64 + 64*256 + 64*256 + 4*(64+64+256+256)"
        "+ 2*(256*64 + 9*64*64 + 64*256 + 4*(64+64+256))"
        "+ 256*128 + 9*128*128 + 128*512 + 256*512 + 4*(128+128+512+512)"
        "+ 3*(512*128 + 9*128*128 + 128*512 + 4*(128+128+512))"
        "+ 512*256 + 9*256*256 + 256*1024 + 512*1024 + 4*(256+256+1024+1024)"
        "+ 5*(1024*256 + 9*256*256 + 256*1024 + 4*(256+256+1024))"
        "+ 1024*512 + 9*512*512 + 512*2048 + 1024*2048 + 4*(512+512+2048+2048)"
        "+ 2*(2048*512 + 9*512*512 + 512*2048 + 4*(512+512+2048))"
        "+ (2048+1)*1000",
    ),
    "unet": (
        "1 + 4*3 + 2 + 4*4 + 1",
        "32 - 1 + 4",
        "(9*1+1)*64 + (9*64+1)*64 + (9*64+1)*128 + (9*128+1)*128 + (9*128+1)*256 + (9*256+1)*256"
        "+ (9*256+1)*512 + (9*512+1)*512 + (9*512+1)*1024 + (9*1024+1)*1024"
        "+ (4*1024+1)*512 + (9*1024+1)*512 + (9*512+1)*512"
        "+ (4*512+1)*256 + (9*512+1)*256 + (9*256+1)*256"
        "+ (4*256+1)*128 + (9*256+1)*128 + (9*128+1)*128"
        "+ (4*128+1)*64 + (9*128+1)*64 + (9*64+1)*64 + (64+1)*1",
    ),
    # Six blocks of eight calls; attention takes query and value, each block adds twice.
    "transformer": (
        "3 + 6*8 + 3",
        "54 - 1 + 6*(1 + 2)",
        "20000*256 + 128*256"
        "+ 6*(4*(256+1)*256 + 2*2*256 + (256+1)*1024 + (1024+1)*256) + (256+1)*2",
    ),
}


def test_every_example_is_expected() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} == set(EXPECTED)


@pytest.mark.needs("guest")
@pytest.mark.parametrize("name", EXPECTED)
def test_counts_are_the_hand_made_ones(guest: Guest, name: str) -> None:
    capture = guest.capture((FOLDER / f"{name}.py").read_text())
    assert capture["error"] is None
    assert capture["warnings"] == []
    assert len(capture["models"]) == 1
    model = capture["models"][0]
    found = (len(model["calls"]), len(model["edges"]), model["parameters"])
    assert found == tuple(value(expression) for expression in EXPECTED[name])
