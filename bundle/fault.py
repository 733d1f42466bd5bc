"""What keeps a bundle from being made, in words for the person who makes it."""

from __future__ import annotations


class Unmade(Exception):
    """A bundle can't be made.

    Attributes:
        zh: what is wrong and what to do, in Chinese.
        en: the same in English.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
