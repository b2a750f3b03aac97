"""Follow-ups in languages that are not taken apart: the subject of the question before is added.

Where a word points back and the question names nothing itself, or where it is a fragment after
'and', what the question before was about is put behind it.
"""

from __future__ import annotations

import re

from strongroom_engine.answering.conversation.resolving import Resolved
from strongroom_engine.answering.conversation.words import Pointing, others
from strongroom_engine.answering.stopwords import stopwords_of
from strongroom_engine.answering.text import WORD
from strongroom_engine.store import FUNCTION_WORDS

FRAGMENT_WORDS = 4
"""A question of so many words that begins with 'and' is a fragment."""
POINTING_WORDS, ENDING_WORDS = 8, 5
"""A longer question mostly holds itself what its pronouns stand for; where endings are pronouns
(Arabic), a shorter one does."""
SUBJECT_WORDS = 6
"""So many words of the question before are added where no names stand in it."""
NEAR_START = 4
"""In scripts without spaces a pronoun after so many characters may mean what stands before it."""
_MARKS = " \t?!.,;:…¿؟？。，"


def simply_resolved(question: str, earlier: str, language: str) -> Resolved | None:
    """The question with the subject of the one before, in brackets; None where it stands alone."""
    pointing = others().get(language)
    if pointing is None or not _depends(question, pointing, language):
        return None
    subject = _subject(earlier, language)
    if not subject or subject.lower() in question.lower():
        return None
    body = question.rstrip(_MARKS)
    return Resolved(f"{body} ({subject}){question[len(body) :] or '?'}", "", subject)


def _depends(question: str, pointing: Pointing, language: str) -> bool:
    body = question.strip(_MARKS).lower()
    if language == "chinese":
        opens = body.startswith(pointing.opening) or body.endswith("呢")
        at = min((body.find(word) for word in pointing.pointing if word in body), default=99)
        return opens or at <= NEAR_START
    words = WORD.findall(body)
    opens = any(re.match(rf"{re.escape(one)}(?!\w)", body) for one in pointing.opening)
    if language == "arabic" and body.startswith("وماذا"):
        opens = True
    most = ENDING_WORDS if pointing.endings else POINTING_WORDS
    points = len(words) <= most and any(
        word in pointing.pointing or _ends_so(word, pointing) for word in words
    )
    return (opens and len(words) <= FRAGMENT_WORDS) or (points and not names_in(question))


def _ends_so(word: str, pointing: Pointing) -> bool:
    return bool(pointing.endings) and word.endswith(pointing.endings) and len(word) > 4


def names_in(text: str) -> list[str]:
    """Runs of capitalised words within the text, in scripts that have capitals."""
    found: list[str] = []
    end = -1
    for match in list(WORD.finditer(text))[1:]:
        if not match[0][0].isupper():
            continue
        if text[end : match.start()] == " ":
            found[-1] = f"{found[-1]} {match[0]}"
        else:
            found.append(match[0])
        end = match.end()
    return found


def _subject(earlier: str, language: str) -> str:
    if names := names_in(earlier):
        return ", ".join(dict.fromkeys(names[:2]))
    if language == "chinese":
        asks = "|".join(sorted(map(re.escape, FUNCTION_WORDS[language]), key=len, reverse=True))
        return re.sub(rf"{asks}|[？?。，]", "", earlier)
    words = [match.group() for match in WORD.finditer(earlier)]
    skipped = stopwords_of([word.lower() for word in words])
    return " ".join([word for word in words if word.lower() not in skipped][:SUBJECT_WORDS])
