"""A sentence in the two languages the programme speaks."""

from typing import Literal

from attrs import frozen

Lang = Literal["zh", "en"]


@frozen
class Text:
    """One sentence, Chinese for the office and English for the developer."""

    zh: str
    en: str

    def __call__(self, lang: Lang) -> str:
        """Return the sentence in `lang`."""
        return self.zh if lang == "zh" else self.en


def named(ident: str, title: str) -> Text:
    """A rule by its title, in English by its id with the title in brackets: there only the id says what it is."""
    return Text(f"“{title}”", ident if title == ident else f"{ident} (“{title}”)")


def quoted(word: str) -> str:
    """A word of a rule or a list in an English sentence: one that is no English stands in quotes."""
    return word if word.isascii() else f"“{word}”"
