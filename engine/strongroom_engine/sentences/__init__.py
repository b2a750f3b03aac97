"""The sentences that the engine makes for whoever reads them, and how to say them otherwise.

`known` holds every one as a `Saying`; the stages make their sentences by calling it. `hearing`
finds again what a sentence was made from, so that the window can say it in its own language.
"""

from strongroom_engine.sentences.hearing import Part, of_errors, retold, take_apart, templates
from strongroom_engine.sentences.saying import Saying

__all__ = ["Part", "Saying", "of_errors", "retold", "take_apart", "templates"]
