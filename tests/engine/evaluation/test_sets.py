from __future__ import annotations

from pathlib import Path

import pytest

from strongroom_engine.errors import QuestionSetUnusable
from strongroom_engine.evaluation.sets import load_questions


def written(folder: Path, text: str) -> Path:
    file = folder / "questions.jsonl"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_field_of_a_question_is_read(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '{"id": "1", "question": "Who?", "relevant": [{"file": "a.pdf", "page": 2, "quote": "x"},'
        ' {"file": "b.pdf", "pages": [3, 4]}], "answers": ["A", "B"], "topic": "ignored"}\n'
        "\n"
        '{"id": "2", "question": "Absent?", "relevant": [], "answer": null}\n',
    )
    first, second = load_questions(file)
    assert (first.id, first.question, first.accepted) == ("1", "Who?", ("A", "B"))
    assert [place.all_pages for place in first.relevant] == [{2}, {3, 4}]
    assert [place.names_passage for place in first.relevant] == [True, False]
    assert (second.relevant, second.accepted) == ((), ())


def test_a_single_answer_is_accepted(tmp_path: Path) -> None:
    (only,) = load_questions(
        written(tmp_path, '{"question": "Who?", "relevant": [{"file": "a"}], "answer": "A"}')
    )
    assert only.accepted == ("A",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it holds no question"),
        ('{"question": "a", "relevant": []}\n{broken', "line 2"),
        ('{"question": "a"}', "line 1: Object missing required field `relevant`"),
        ('{"question": "a", "relevant": [{"page": 1}]}', "missing required field `file`"),
        ('["a"]', "line 1"),
    ],
)
def test_what_is_wrong_with_a_set_is_said(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(QuestionSetUnusable, match=r"questions\.jsonl cannot be used") as raised:
        load_questions(written(tmp_path, text))
    assert why in str(raised.value)


def test_a_missing_set_is_said(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetUnusable, match="No such file"):
        load_questions(tmp_path / "nowhere.jsonl")
