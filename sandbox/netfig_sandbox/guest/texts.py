"""Texts that are not here, as Keras's Tokenizer sees them: many words, sequences of some length.

Texts the paste itself writes down are counted as they are. It must not know layers.
"""

from typing import Any

from netfig_sandbox.guest.datasets import Words, words
from netfig_sandbox.guest.engines import KERAS2
from netfig_sandbox.guest.inert import is_inert
from netfig_sandbox.guest.record import CURRENT
from netfig_sandbox.guest.tables import Steps

VOCABULARY = 10_000
LENGTH = 100


def _own(texts: Any) -> bool:
    """True for texts that stand in the paste."""
    if is_inert(texts) or not isinstance(texts, list | tuple) or not texts:
        return False
    record = CURRENT.record
    if record is not None and any("sample text" in w["message"] for w in record.warnings):
        return False
    return all(type(text) in (str, list) for text in texts)


class Index(Words):
    """A word index whose size is a guess."""


def _index() -> Words:
    found = Index(words(VOCABULARY))
    found.claimed = VOCABULARY
    return found


_done = False


def install() -> None:
    """Teaches the Tokenizers of both Kerases; a second call does nothing."""
    global _done
    if _done:
        return
    _done = True
    from keras.src.legacy.preprocessing.text import Tokenizer

    for tokenizer in (KERAS2.module.preprocessing.text.Tokenizer, Tokenizer):
        _teach(tokenizer)


def _teach(tokenizer: Any) -> None:
    fit, sequences = tokenizer.fit_on_texts, tokenizer.texts_to_sequences

    def fit_on_texts(self: Any, texts: Any = (), *args: Any, **kwargs: Any) -> None:
        if _own(texts):
            fit(self, texts)
            return
        self.__dict__["netfig_absent"] = True
        self.word_index = _index()
        self.index_word = {i: w for w, i in self.word_index.items()}

    def texts_to_sequences(self: Any, texts: Any = (), *args: Any, **kwargs: Any) -> Any:
        if _own(texts) and not self.__dict__.get("netfig_absent"):
            return sequences(self, texts)
        return [Steps([1] * LENGTH) for _ in range(2)]

    tokenizer.fit_on_texts = fit_on_texts
    tokenizer.texts_to_sequences = texts_to_sequences
