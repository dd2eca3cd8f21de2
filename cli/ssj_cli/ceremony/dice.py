"""Dice at the table: who throws, the faces as they fall, and corrections that leave a trace."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Final

from attrs import define, field

from ssj_cli.ceremony.asked import Table
from ssj_cli.ceremony.testimony import names_in
from ssj_core.entropy.dice import DICE6, DICE10, Die
from ssj_core.entropy.grammar import plain
from ssj_core.entropy.retyped import CORRECTIONS, correction
from ssj_core.entropy.text import REFUSED_BELOW, WARNED_BELOW
from ssj_core.problems import EntropyError
from ssj_core.text import Text

DICE: Final = {die.id: die for die in (DICE6, DICE10)}
_IN_A_ROW: Final = 10
_FIX: Final = re.compile(r"([0-9]+)\s*=\s*([0-9])")


@define
class Dice:
    """Takes throws until there are enough; a face once typed can be corrected, never be taken away."""

    table: Table
    die: Die
    rollers: tuple[str, ...] = ()
    in_turns: bool = False
    turn: int = 0
    thrown: list[tuple[str, str]] = field(factory=list)
    changes: list[str] = field(factory=list)
    closed: bool = False

    def ask(self) -> Mapping[str, str]:
        """All throws, or corrections of them once the table is closed."""
        if not self.rollers:
            self._who()
        self._explain()
        while not self._line(self.table.clerk.ask(self._prompt())):
            pass
        self.closed = True
        self._show()
        return {
            "raw": " ".join(face for _, face in self.thrown),
            "rolls": ";".join(
                f"{who}:{' '.join(face for _, face in some)}" for who, some in groupby(self.thrown, itemgetter(0))
            ),
            **({CORRECTIONS: "\n".join(self.changes)} if self.changes else {}),
        }

    def people(self) -> tuple[str, ...]:
        """Those who throw."""
        return self.rollers

    def _who(self) -> None:
        clerk = self.table.clerk
        while not self.rollers:
            names = names_in(clerk.ask(Text("谁来掷（几个人用顿号分开）", "who throws (separated by commas)")))
            if any(set(name) & set(":：") for name in names):
                self.table.voice.say("  姓名里不要有冒号。", "  No colons in a name, please.")
            else:
                self.rollers = names
        if len(self.rollers) > 1:
            orders = {
                1: Text("一个人掷完，再换下一个人", "one after the other, each all of his throws"),
                2: Text("轮流掷，每输入一行换一个人", "in turns, one line each"),
            }
            self.in_turns = clerk.choose(Text("怎样掷", "in which order"), orders) == 2

    def _explain(self) -> None:
        voice = self.table.voice
        if self.closed:
            self._show()
            voice.say(
                "掷骰已经结束，不能再掷；输错的点数可以改，例如 3=2 表示第 3 次应为 2。改完按回车。",
                "The throws are over. A face typed wrongly can be corrected: 3=2 says throw 3 was a 2. Then Enter.",
            )
            return
        least, advised = self.die.rolls_for(REFUSED_BELOW), self.die.rolls_for(WARNED_BELOW)
        low, high = self.die.low, self.die.high
        voice.say(
            f"点数 {low} 至 {high}，一行可以写几次，例如 3 5 1。至少掷 {least} 次，建议 {advised} 次。",
            f"Faces {low} to {high}, several in a line as 3 5 1. At least {least} throws; {advised} are advised.",
        )
        voice.say(
            "输错了：输入 3=2 表示第 3 次应为 2；掷出的点数不能收回，改动会写进记录。掷完按回车。",
            "Typed wrongly? 3=2 says that throw 3 was a 2. No throw can be taken back; corrections stay on record. "
            "Enter when done.",
        )

    def _prompt(self) -> Text:
        if self.closed:
            return Text("改正（没有就按回车）", "correction (Enter for none)")
        who, number = self.rollers[self.turn], len(self.thrown) + 1
        return Text(f"第 {number} 次起，{who} 掷出", f"throw {number}, {who}")

    def _line(self, typed: str) -> bool:
        """Take one line; true when all is done."""
        text = plain(typed).strip()
        if not text:
            return self.closed or self._next()
        if fix := _FIX.fullmatch(text):
            self._fix(int(fix[1]), fix[2])
        elif self.closed:
            self.table.voice.say("  只能改正，例如 3=2。", "  Only corrections now, as 3=2.")
        else:
            self._take(typed)
        return False

    def _take(self, typed: str) -> None:
        voice, first = self.table.voice, len(self.thrown) + 1
        try:
            faces = self.die.faces(typed, first)
        except EntropyError as error:
            voice.problems(error.problems, total=False)
            self.changes.append(correction(first, typed))
            voice.say(
                "  这一行没有采用（会留在记录里），请整行重新输入。",
                "  This line was not taken (it stays on record): please type all of it again.",
            )
            return
        self.thrown += [(self.rollers[self.turn], face) for face in faces]
        if self.in_turns and faces:
            self.turn = (self.turn + 1) % len(self.rollers)
        self._count()

    def _fix(self, number: int, face: str) -> None:
        voice = self.table.voice
        if not 1 <= number <= len(self.thrown):
            voice.say(f"  没有第 {number} 次。", f"  There is no throw {number}.")
            return
        try:
            self.die.faces(face, number)
        except EntropyError as error:
            voice.problems(error.problems, total=False)
            return
        who, was = self.thrown[number - 1]
        if was == face:
            voice.say(f"  第 {number} 次本来就是 {face}。", f"  Throw {number} is {face} already.")
            return
        self.thrown[number - 1] = (who, face)
        self.changes.append(correction(number, was, face))
        voice.say(
            f"  第 {number} 次（{who}）：{was} 改为 {face}，已记入记录。请见证人听清。",
            f"  Throw {number} ({who}): {was} became {face}; this is on record. Let the witnesses hear it.",
        )

    def _next(self) -> bool:
        """Enter alone: the next one throws, or all is done."""
        if not self.in_turns and self.turn + 1 < len(self.rollers):
            self.turn += 1
            return False
        bits, advised = self.die.bits(len(self.thrown)), self.die.rolls_for(WARNED_BELOW)
        if bits < REFUSED_BELOW:
            self._count()
            return False
        return bits >= WARNED_BELOW or self.table.clerk.agrees(
            Text(
                f"只有 {bits} 位，建议掷满 {advised} 次（{WARNED_BELOW} 位）。就此结束吗",
                f"{bits} bits only; {advised} throws ({WARNED_BELOW} bits) are advised. Is this all",
            )
        )

    def _count(self) -> None:
        count = len(self.thrown)
        bits, least, advised = self.die.bits(count), self.die.rolls_for(REFUSED_BELOW), self.die.rolls_for(WARNED_BELOW)
        if bits < REFUSED_BELOW:
            zh, en = f"至少还要 {least - count} 次", f"{least - count} more at least"
        elif bits < WARNED_BELOW:
            zh = f"已到最低的 {REFUSED_BELOW} 位；再掷 {advised - count} 次到建议的 {WARNED_BELOW} 位"
            en = f"the least, {REFUSED_BELOW} bits, is reached; {advised - count} more for the advised {WARNED_BELOW}"
        else:
            zh, en = f"已到建议的 {WARNED_BELOW} 位，可以结束", f"the advised {WARNED_BELOW} bits are reached"
        self.table.voice.say(f"  共 {count} 次，{bits} 位：{zh}。", f"  {count} throws, {bits} bits: {en}.")

    def _show(self) -> None:
        voice, faces = self.table.voice, [face for _, face in self.thrown]
        rows = [
            (f"{n + 1}–{min(n + _IN_A_ROW, len(faces))}", " ".join(faces[n : n + _IN_A_ROW]))
            for n in range(0, len(faces), _IN_A_ROW)
        ]
        voice.table((Text("次序", "throws"), Text("点数", "faces")), rows)
        shares = Counter(who for who, _ in self.thrown)
        voice.say(
            f"  其中{'，'.join(f'{who} {n} 次' for who, n in shares.items())}",
            f"  of these {', '.join(f'{n} by {who}' for who, n in shares.items())}",
        )
