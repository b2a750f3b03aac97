"""The frozen values that pass between the stages, the processes and the window.

Positions are counted in Unicode code points. Two systems of coordinates exist:

* *document coordinates*: offsets in `Document.text`, the pages joined by `PAGE_BREAK`;
  chunks, headings and spans inside the engine use them.
* *page coordinates*: offsets in one page's text; what the outside sees (`Hit.start`,
  `Citation.start`, the command line's JSON) uses them.
"""

from __future__ import annotations

from strongroom_engine.types.answers import (
    LOW_CONFIDENCE,
    Answer,
    Cell,
    Citation,
    Doubt,
    Hit,
    Method,
    Route,
    SearchResult,
    Sentence,
    Suspicion,
    Task,
    Timings,
    Turn,
    Understood,
    Value,
)
from strongroom_engine.types.conversations import (
    Asked,
    Conversation,
    ConversationSummary,
    KeptTurn,
)
from strongroom_engine.types.documents import (
    PAGE_BREAK,
    Chunk,
    Document,
    FileFacts,
    Heading,
    ItemList,
    Page,
    PageSpan,
    Table,
    locate,
)
from strongroom_engine.types.library import (
    DocumentRecord,
    EmbeddingChoice,
    EmbeddingStatus,
    Excerpt,
    Exclusion,
    LibraryStatus,
    Progress,
    Source,
    State,
)
from strongroom_engine.types.models import (
    Device,
    Doctor,
    Generation,
    Hardware,
    Message,
    ModelPlan,
    Prompt,
)
from strongroom_engine.types.reviews import Column, Review

__all__ = [
    "LOW_CONFIDENCE",
    "PAGE_BREAK",
    "Answer",
    "Asked",
    "Cell",
    "Chunk",
    "Citation",
    "Column",
    "Conversation",
    "ConversationSummary",
    "Device",
    "Doctor",
    "Document",
    "DocumentRecord",
    "Doubt",
    "EmbeddingChoice",
    "EmbeddingStatus",
    "Excerpt",
    "Exclusion",
    "FileFacts",
    "Generation",
    "Hardware",
    "Heading",
    "Hit",
    "ItemList",
    "KeptTurn",
    "LibraryStatus",
    "Message",
    "Method",
    "ModelPlan",
    "Page",
    "PageSpan",
    "Progress",
    "Prompt",
    "Review",
    "Route",
    "SearchResult",
    "Sentence",
    "Source",
    "State",
    "Suspicion",
    "Table",
    "Task",
    "Timings",
    "Turn",
    "Understood",
    "Value",
    "locate",
]
