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
