"""What each figure of a report says, in one sentence, and whether more of it is better."""

from __future__ import annotations

DEFINITIONS: dict[str, str] = {
    "ndcg@10": "How well the right documents are ranked among the first ten, 1 at best"
    " (normalised discounted cumulative gain; documents rank by their best passage).",
    "recall@5": "The share of the right documents among the first five.",
    "mrr@10": "1 / rank of the first right passage (where the set names none: document) among the"
    " first ten, else 0.",
    "page_hit@5": "The share of questions with a right page among the first five passages.",
    "passage_hit@5": "The share of questions with a right passage among the first five: it covers"
    " the marked span or shares the words of the quote.",
    "ms": "Milliseconds a search.",
    "exact_match": "The share of answers that are exactly an accepted short answer, after SQuAD's"
    " normalisation; a sentence around it counts as no match.",
    "answer_f1": "Words that an answer shares with the nearest accepted one (SQuAD's token F1).",
    "right": "The share of answers that contain an accepted one, word for word.",
    "citation_page_precision": "The share of an answer's citations that lie on a right page.",
    "citation_page_recall": "The share of the right pages that an answer cites.",
    "cited": "The share of answers that cite anything.",
    "cited_right": "The share of answers that cite a right page.",
    "unsupported_sentences": "The share of an answer's sentences that no citation supports.",
    "abstained_answerable": "The share of questions not answered though the documents answer them.",
    "abstained_unanswerable": "The share of questions not answered that the documents do not"
    " answer.",
    "seconds": "Seconds from the question to the whole answer.",
}

LOWER_IS_BETTER = frozenset({"ms", "unsupported_sentences", "abstained_answerable", "seconds"})


def higher_is_better(name: str) -> bool:
    return name not in LOWER_IS_BETTER


def title(name: str) -> str:
    """The figure's name for people."""
    return name.replace("ndcg", "nDCG").replace("mrr", "MRR").replace("_", " ")
