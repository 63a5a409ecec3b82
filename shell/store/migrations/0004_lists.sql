-- What lists of events are read by; `history.rs` says why these and no others.
CREATE INDEX events_recorded ON events (recorded_at, stream, version);
CREATE INDEX events_actor ON events (actor, recorded_at, stream, version);
CREATE INDEX events_unit ON events (unit, recorded_at, stream, version);
-- The kind of aggregate is what stands before the first slash; the letters are those that a kind may have.
CREATE INDEX events_kind ON events (
    substr(stream, 1, length(stream) - length(ltrim(stream, 'abcdefghijklmnopqrstuvwxyz-'))),
    recorded_at, stream, version, name
);
CREATE INDEX events_late ON events (recorded_at, stream, version) WHERE happened_at < recorded_at;

-- What a person is told. read_at 0: not yet read.
CREATE TABLE notices (
    person {text} NOT NULL,
    id {text} NOT NULL,
    kind {text} NOT NULL,
    title {text} NOT NULL,
    body {text} NOT NULL,
    href {text} NOT NULL,
    cause {bytes} NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    seal {bytes} NOT NULL,
    PRIMARY KEY (person, id)
);
CREATE INDEX notices_inbox ON notices (person, created_at, id);
CREATE INDEX notices_unread ON notices (person, created_at, id) WHERE read_at = 0;

-- What the search box finds, and under which folded words.
CREATE TABLE search_items (
    kind {text} NOT NULL,
    key {text} NOT NULL,
    title {text} NOT NULL,
    subtitle {text} NOT NULL,
    href {text} NOT NULL,
    words {text} NOT NULL,
    place BIGINT NOT NULL,
    seal {bytes} NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE TABLE search_words (
    word {text} NOT NULL,
    kind {text} NOT NULL,
    key {text} NOT NULL,
    seal {bytes} NOT NULL,
    PRIMARY KEY (word, kind, key)
);
CREATE INDEX search_words_item ON search_words (kind, key);
