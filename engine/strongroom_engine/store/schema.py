"""The tables of a library, and how an older library becomes a current one.

`MIGRATIONS` are applied in order, each in a transaction of its own with its number; a migration
that was ever released is not changed any more. The tables of vectors depend on the embedding
models and are made in `indexes`.
"""

from __future__ import annotations

import apsw

from strongroom_engine.store import document_words
from strongroom_engine.store.connection import transaction

MIGRATIONS: tuple[str, ...] = (
    # 1: sources, documents, chunks, words. Ids are never used twice (AUTOINCREMENT): an embedding
    # that is computed while its chunk is replaced must not find another chunk under its id.
    # Deleting a chunk deletes its words and vector by trigger, so that nothing can be left over.
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE collections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE
    );

    CREATE TABLE sources (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path NOT NULL UNIQUE,
        collection INTEGER NOT NULL REFERENCES collections (id)
    );

    CREATE TABLE documents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        path NOT NULL UNIQUE,
        name TEXT NOT NULL,        -- the last part of the path, case folded, for file: filters
        extension TEXT NOT NULL,   -- without the dot, lower case, for type: filters
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        identity TEXT NOT NULL,
        state TEXT NOT NULL,
        problem TEXT,              -- the code of a DocumentProblem
        details TEXT,              -- its arguments, JSON
        content_hash TEXT,         -- of the version that the chunks were made from
        title TEXT NOT NULL DEFAULT '',
        media_type TEXT NOT NULL DEFAULT '',
        paged INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX documents_by_source ON documents (source, state);

    CREATE TABLE pages (
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        start INTEGER NOT NULL,    -- document coordinates
        label TEXT NOT NULL,
        PRIMARY KEY (document, number)
    ) WITHOUT ROWID;

    CREATE TABLE chunks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        start INTEGER NOT NULL,    -- document coordinates
        "end" INTEGER NOT NULL,
        embedded INTEGER NOT NULL DEFAULT 0,
        heading TEXT NOT NULL,
        hash BLOB NOT NULL         -- SHA-256 of the passage
    );
    CREATE UNIQUE INDEX chunks_by_document ON chunks (document, ordinal);
    CREATE INDEX chunks_by_hash ON chunks (hash, embedded);
    CREATE INDEX chunks_waiting ON chunks (document) WHERE embedded = 0;

    -- Apart from `chunks`, which stays narrow and so quick to join and to count.
    CREATE TABLE texts (
        chunk INTEGER PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE,
        prefix TEXT NOT NULL,      -- what stands before the text in the passage
        text TEXT NOT NULL,
        passage TEXT               -- only where it is not prefix and text
    );

    CREATE VIRTUAL TABLE words USING fts5 (
        text, heading, title, name,
        content = '', contentless_delete = 1,
        tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
    );

    CREATE TRIGGER chunk_deleted AFTER DELETE ON chunks BEGIN
        DELETE FROM words WHERE rowid = old.id;
        DELETE FROM vectors WHERE rowid = old.id;
    END;
    """,
    # 2: the library knows its embedding models (`indexes`); each has a table of vectors and a
    # trigger of its own, and what waits to be embedded is a list.
    """
    CREATE TABLE indexes (
        role TEXT PRIMARY KEY,     -- 'answering' or 'building'
        model TEXT NOT NULL,       -- the id of the embedding model
        dimensions INTEGER NOT NULL,
        vectors TEXT NOT NULL UNIQUE -- the vec0 table
    ) WITHOUT ROWID;
    INSERT INTO indexes  -- from 'id (dimensions)'
        SELECT 'answering', substr(value, 1, length(id) - 2),
            CAST(substr(value, length(id) + 1) AS INTEGER), 'vectors'
        FROM (SELECT value, rtrim(rtrim(value, ')'), '0123456789') AS id
            FROM meta WHERE key = 'embedding model');
    DELETE FROM meta WHERE key = 'embedding model';

    CREATE TABLE waiting (
        chunk INTEGER PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE
    );
    INSERT INTO waiting SELECT id FROM chunks WHERE embedded = 0;

    DROP TRIGGER chunk_deleted;
    CREATE TRIGGER chunk_deleted AFTER DELETE ON chunks BEGIN
        DELETE FROM words WHERE rowid = old.id;
    END;
    CREATE TRIGGER vectors_of_deleted AFTER DELETE ON chunks BEGIN
        DELETE FROM vectors WHERE rowid = old.id;
    END;
    """,
    # 3: what a document is called and how it begins; filled after the migrations.
    """
    CREATE VIRTUAL TABLE document_words USING fts5 (
        name, title, folder, opening,
        content = '', contentless_delete = 1,
        tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
    );
    CREATE TRIGGER document_deleted AFTER DELETE ON documents BEGIN
        DELETE FROM document_words WHERE rowid = old.id;
    END;
    INSERT INTO meta VALUES ('document words', 'due');
    """,
    # 4: the user's own set (`judgements`). It names documents by path, so that it outlives them.
    """
    CREATE TABLE judgements (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        question TEXT NOT NULL UNIQUE,
        absent INTEGER NOT NULL,   -- 1: the documents do not answer it
        changed_ms INTEGER NOT NULL
    );
    CREATE TABLE judged_answers (
        id INTEGER PRIMARY KEY,
        judgement INTEGER NOT NULL REFERENCES judgements (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        "right" INTEGER NOT NULL,
        UNIQUE (judgement, text)
    );
    CREATE TABLE judged_places (
        id INTEGER PRIMARY KEY,
        judgement INTEGER NOT NULL REFERENCES judgements (id) ON DELETE CASCADE,
        path NOT NULL,
        content TEXT,              -- the document's content hash when it was judged
        page INTEGER,
        start INTEGER,             -- document coordinates
        "end" INTEGER,
        quote TEXT NOT NULL
    );
    CREATE INDEX places_by_judgement ON judged_places (judgement);
    CREATE INDEX places_by_path ON judged_places (path);
    CREATE TRIGGER judged_document_moved AFTER UPDATE OF path ON documents BEGIN
        UPDATE judged_places SET path = new.path WHERE path = old.path;
    END;
    """,
    # 5: names and titles once more, by themselves: a word that many openings hold is then looked
    # up among names without a look at every opening.
    """
    CREATE VIRTUAL TABLE document_names USING fts5 (
        name, title,
        content = '', contentless_delete = 1,
        tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
    );
    CREATE TRIGGER document_names_deleted AFTER DELETE ON documents BEGIN
        DELETE FROM document_names WHERE rowid = old.id;
    END;
    INSERT OR REPLACE INTO meta VALUES ('document words', 'due');
    """,
    # 6: what of a document's text cannot be seen on its pages, as JSON: [[start, end], ...] in
    # document coordinates. What was read by an older Strongroom has none until it is read again.
    """
    ALTER TABLE documents ADD COLUMN hidden TEXT NOT NULL DEFAULT '[]';
    """,
    # 7: reviews (`reviews`). An answer belongs to a question and a document, whichever review asked;
    # it goes when the document's content is another one.
    """
    CREATE TABLE reviews (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        changed_ms INTEGER NOT NULL
    );
    CREATE TABLE review_questions (
        review INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        question TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (review, ordinal)
    ) WITHOUT ROWID;
    CREATE INDEX review_questions_by_question ON review_questions (question);
    CREATE TABLE review_documents (
        review INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        path NOT NULL,
        PRIMARY KEY (review, ordinal)
    ) WITHOUT ROWID;
    CREATE INDEX review_documents_by_path ON review_documents (path);
    CREATE TABLE review_cells (
        question TEXT NOT NULL,
        path NOT NULL,
        cell TEXT NOT NULL,        -- JSON, without question and paths
        PRIMARY KEY (question, path)
    ) WITHOUT ROWID;
    CREATE INDEX review_cells_by_path ON review_cells (path);
    CREATE TRIGGER reviewed_document_moved AFTER UPDATE OF path ON documents BEGIN
        UPDATE review_documents SET path = new.path WHERE path = old.path;
        UPDATE OR REPLACE review_cells SET path = new.path WHERE path = old.path;
    END;
    CREATE TRIGGER reviewed_document_changed AFTER UPDATE OF content_hash ON documents
        WHEN new.content_hash IS NOT old.content_hash BEGIN
        DELETE FROM review_cells WHERE path = new.path;
    END;
    CREATE TRIGGER reviewed_document_deleted AFTER DELETE ON documents BEGIN
        DELETE FROM review_documents WHERE path = old.path;
        DELETE FROM review_cells WHERE path = old.path;
    END;
    """,
    # 8: conversations. The window chooses the key; a turn without an answer was not answered yet.
    # What is searched stands apart from the answers, which are long. Answers name documents as they
    # were called then; `moved_documents` says where each was last seen that bore a path before then.
    """
    CREATE TABLE conversations (
        key TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        words TEXT NOT NULL,       -- the title, folded
        created_ms INTEGER NOT NULL,
        changed_ms INTEGER NOT NULL,
        turns INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX conversations_by_change ON conversations (changed_ms);
    CREATE TABLE conversation_turns (
        id INTEGER PRIMARY KEY,
        conversation TEXT NOT NULL REFERENCES conversations (key) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        asked_ms INTEGER NOT NULL,
        asked TEXT NOT NULL,       -- JSON: what was asked, and of what
        answer TEXT,               -- JSON
        UNIQUE (conversation, ordinal)
    );
    CREATE TABLE conversation_texts (
        turn INTEGER PRIMARY KEY REFERENCES conversation_turns (id) ON DELETE CASCADE,
        conversation TEXT NOT NULL,
        text TEXT NOT NULL,        -- question and answer, line by line
        words TEXT NOT NULL        -- the same, folded
    );
    CREATE INDEX conversation_texts_by_conversation ON conversation_texts (conversation);
    CREATE TABLE moved_documents (
        path NOT NULL,
        moved_ms INTEGER NOT NULL,
        now NOT NULL,
        PRIMARY KEY (path, moved_ms)
    ) WITHOUT ROWID;
    CREATE INDEX moved_documents_by_now ON moved_documents (now);
    CREATE TRIGGER answered_document_moved AFTER UPDATE OF path ON documents
        WHEN new.path IS NOT old.path BEGIN
        UPDATE moved_documents SET now = new.path WHERE now = old.path;
        INSERT OR REPLACE INTO moved_documents (path, moved_ms, now)
            VALUES (old.path, CAST(unixepoch('subsec') * 1000 AS INTEGER), new.path);
    END;
    """,
    # 9: what the user will not have in the library: files, folders, and patterns of names; and when
    # each source was last looked at.
    """
    CREATE TABLE exclusions (
        source NOT NULL,           -- the path of a source; '' for all of them
        pattern NOT NULL,          -- an absolute path, or a pattern of a file's or folder's name
        PRIMARY KEY (source, pattern)
    ) WITHOUT ROWID;
    ALTER TABLE sources ADD COLUMN seen_ms INTEGER NOT NULL DEFAULT 0; -- when looked at as a whole
    CREATE INDEX documents_by_size ON documents (source, size); -- a quick sum
    """,
    # 10: figures of the user's own question set over time.
    """
    CREATE TABLE quality_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        when_ms INTEGER NOT NULL,
        run TEXT NOT NULL          -- JSON
    );
    """,
    # 11: headings, and tables and lists of documents without pages, as JSON (`readings`): these are
    # shown as what they are, and the heading above a quote is named. What an older Strongroom read
    # has none until it is read again.
    """
    ALTER TABLE documents ADD COLUMN outline TEXT NOT NULL DEFAULT '';
    """,
    # 12: documents inside documents, with passwords, scanned, of cells; and how each was read.
    """
    ALTER TABLE documents ADD COLUMN container INTEGER REFERENCES documents (id) ON DELETE CASCADE;
    ALTER TABLE documents ADD COLUMN member INTEGER;   -- which one of its container, from 1
    ALTER TABLE documents ADD COLUMN read_ms INTEGER NOT NULL DEFAULT 0;  -- since 1970
    ALTER TABLE documents ADD COLUMN reading TEXT NOT NULL DEFAULT '';    -- JSON: `reports`
    ALTER TABLE documents ADD COLUMN checked INTEGER;  -- whether it was found to be findable
    CREATE INDEX documents_by_container ON documents (container, member)
        WHERE container IS NOT NULL;
    CREATE INDEX documents_by_content ON documents (content_hash) WHERE content_hash IS NOT NULL;

    CREATE TABLE places (
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,    -- document coordinates
        level INTEGER NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        number INTEGER,
        counts_lines INTEGER NOT NULL,
        PRIMARY KEY (document, start, level)
    ) WITHOUT ROWID;

    CREATE TABLE mails (
        document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
        message_id TEXT NOT NULL,
        thread TEXT NOT NULL,      -- the first message of the exchange, as far as it is known
        subject TEXT NOT NULL,
        sender TEXT NOT NULL,
        recipients TEXT NOT NULL,  -- JSON
        sent_ms INTEGER NOT NULL
    );
    CREATE INDEX mails_by_id ON mails (message_id);
    CREATE INDEX mails_by_thread ON mails (thread, sent_ms);

    CREATE TABLE sheets (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        sheet TEXT NOT NULL,
        name TEXT NOT NULL,
        header_row INTEGER,
        columns TEXT NOT NULL,     -- JSON: [[name, letter, type, unit], ...]
        totals TEXT NOT NULL,      -- JSON: the numbers of the rows that are no rows but their sums
        row_count INTEGER NOT NULL,
        first_row INTEGER NOT NULL,
        last_row INTEGER NOT NULL,
        UNIQUE (document, ordinal)
    );
    CREATE TABLE sheet_rows (
        sheet INTEGER NOT NULL REFERENCES sheets (id) ON DELETE CASCADE,
        "row" INTEGER NOT NULL,
        start INTEGER NOT NULL,    -- document coordinates
        "end" INTEGER NOT NULL,
        cells TEXT NOT NULL,       -- JSON, a value for each column
        PRIMARY KEY (sheet, "row")
    ) WITHOUT ROWID;

    CREATE TABLE passwords (
        path NOT NULL PRIMARY KEY, -- of a document, or of a folder for all in it
        password TEXT NOT NULL,
        given_ms INTEGER NOT NULL
    ) WITHOUT ROWID;

    -- Pages that text recognition has read, by the content of their file: a document that is read
    -- again, or lies in two places, keeps them. `scanned` are those that wait for it.
    CREATE TABLE recognised (
        content TEXT NOT NULL,     -- SHA-256 of the file
        page INTEGER NOT NULL,
        confidence REAL NOT NULL,  -- 0 to 1
        lines BLOB NOT NULL,       -- MessagePack: `recognised`
        PRIMARY KEY (content, page)
    ) WITHOUT ROWID;
    CREATE TABLE scanned (
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        page INTEGER NOT NULL,
        PRIMARY KEY (document, page)
    ) WITHOUT ROWID;

    CREATE TABLE signatures (
        document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
        signature BLOB NOT NULL    -- MinHash of the text
    );
    CREATE TABLE signature_bands (
        band INTEGER NOT NULL,
        hash INTEGER NOT NULL,
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        PRIMARY KEY (band, hash, document)
    ) WITHOUT ROWID;
    CREATE INDEX signature_bands_by_document ON signature_bands (document);
    """,
    # 13: several passwords for one folder; what stands in the columns of tables; which messages
    # name each other.
    """
    CREATE TABLE kept_passwords (  -- `passwords` cannot be renamed: triggers name later tables
        path NOT NULL,             -- of a document, or of a folder for all in it
        password TEXT NOT NULL,
        given_ms INTEGER NOT NULL,
        PRIMARY KEY (path, password)
    ) WITHOUT ROWID;
    INSERT INTO kept_passwords SELECT path, password, given_ms FROM passwords;
    DROP TABLE passwords;

    CREATE TABLE sheet_profiles (
        sheet INTEGER PRIMARY KEY REFERENCES sheets (id) ON DELETE CASCADE,
        columns BLOB NOT NULL      -- MessagePack: a ColumnProfile for each
    );

    CREATE TABLE mail_ids (
        id TEXT NOT NULL,          -- of the message itself, or of one that it answers
        document INTEGER NOT NULL REFERENCES mails (document) ON DELETE CASCADE,
        PRIMARY KEY (id, document)
    ) WITHOUT ROWID;
    CREATE INDEX mail_ids_by_document ON mail_ids (document);
    INSERT INTO mail_ids SELECT message_id, document FROM mails WHERE message_id <> '';
    INSERT OR IGNORE INTO mail_ids SELECT thread, document FROM mails WHERE thread <> '';
    """,
    # 14: drives that are away; what is left out is said in lines as in a .gitignore.
    """
    ALTER TABLE sources ADD COLUMN away_ms INTEGER NOT NULL DEFAULT 0; -- since when; 0: it is here
    ALTER TABLE sources ADD COLUMN away_why TEXT NOT NULL DEFAULT '';
    CREATE TABLE drives (          -- on which the files of a source were when last looked at
        source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        place NOT NULL,            -- where it was mounted: at, above or inside the source
        volume TEXT NOT NULL,      -- '' where unknown
        away_ms INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (source, place)
    ) WITHOUT ROWID;
    CREATE TABLE attempts (        -- documents that are being read for longer than a moment
        document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
        count INTEGER NOT NULL DEFAULT 1, -- of starts of Strongroom in which it was
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        identity TEXT NOT NULL
    );
    ALTER TABLE sources ADD COLUMN gone INTEGER NOT NULL DEFAULT 0; -- 1: removed, not all deleted yet

    -- Of patterns before, '*' went through folders, and one that ended in '/' counted from the source.
    UPDATE OR IGNORE exclusions SET pattern = '/' || rtrim(pattern, '/')
        WHERE typeof(pattern) = 'text' AND pattern LIKE '_%/' AND pattern NOT LIKE '%/%/'
            AND pattern NOT LIKE '/%';
    UPDATE OR IGNORE exclusions
        SET pattern = replace(replace(pattern, '/*', '/**/*'), '*/', '*/**/')
        WHERE typeof(pattern) = 'text' AND pattern LIKE '%/%' AND pattern LIKE '%*%'
            AND pattern NOT LIKE '/%' AND pattern NOT GLOB '[A-Za-z]:*';
    UPDATE OR IGNORE exclusions SET pattern = char(92) || pattern
        WHERE typeof(pattern) = 'text' AND substr(pattern, 1, 1) IN ('!', '#');
    """,
)


def current_version() -> int:
    """The schema that this Strongroom writes."""
    return len(MIGRATIONS)


def version(db: apsw.Connection) -> int:
    """The schema of the database; 0 for an empty one. The first access that needs the key."""
    return int(db.pragma("user_version"))


def migrate(db: apsw.Connection) -> None:
    """Bring the database to the current schema, one numbered step after the other."""
    for number in range(version(db) + 1, current_version() + 1):
        with transaction(db):
            db.execute(MIGRATIONS[number - 1])
            db.pragma("user_version", number)
    document_words.index_due(db)
