"""Moments as a room in China reads them."""

import pytest

from ssj_core.entropy.told import beijing_time


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2026-11-29T16:16:10+00:00", "北京时间 2026-11-30 00:16:10", "2026-11-30 00:16:10 UTC+8"),
        ("2026-11-29T16:16:10Z", "北京时间 2026-11-30 00:16:10", "2026-11-30 00:16:10 UTC+8"),
        ("—", "—", "—"),
        ("", "", ""),
    ],
)
def test_a_moment_is_told_by_the_clocks_of_beijing(text: str, zh: str, en: str) -> None:
    assert (beijing_time(text).zh, beijing_time(text).en) == (zh, en)
