-- {bytes}: BLOB on SQLite, BYTEA on PostgreSQL. {text}: text compared byte by byte on both.

CREATE TABLE events (
    stream {text} NOT NULL,
    version BIGINT NOT NULL,
    name {text} NOT NULL,
    form BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    happened_at BIGINT NOT NULL,
    actor {text} NOT NULL,
    post {text} NOT NULL,
    unit {text} NOT NULL,
    capacity {text} NOT NULL,
    reason {text} NOT NULL,
    request {text} NOT NULL,
    asked {bytes} NOT NULL,
    ordinal BIGINT NOT NULL,
    cause {bytes} NOT NULL,
    previous {bytes} NOT NULL,
    hash {bytes} NOT NULL,
    payload {bytes} NOT NULL,
    PRIMARY KEY (stream, version)
);

-- The head of each stream, with the state after `state_at` events.
CREATE TABLE streams (
    stream {text} NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    hash {bytes} NOT NULL,
    recorded_at BIGINT NOT NULL,
    state_at BIGINT NOT NULL,
    state_version BIGINT NOT NULL,
    state {bytes} NOT NULL
);

-- The one order of all events.
CREATE TABLE log (
    position BIGINT NOT NULL PRIMARY KEY,
    stream {text} NOT NULL,
    version BIGINT NOT NULL,
    event {bytes} NOT NULL,
    hash {bytes} NOT NULL
);

-- Events that wait for their position (PostgreSQL; always empty on SQLite).
CREATE TABLE outbox (
    stream {text} NOT NULL,
    version BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    event {bytes} NOT NULL,
    PRIMARY KEY (stream, version)
);

CREATE TABLE requests (
    actor {text} NOT NULL,
    request {text} NOT NULL,
    asked {bytes} NOT NULL,
    stream {text} NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (actor, request)
);

CREATE TABLE claims (
    kind {text} NOT NULL,
    key {text} NOT NULL,
    stream {text} NOT NULL,
    PRIMARY KEY (kind, key)
);

CREATE TABLE counters (
    agency {text} NOT NULL,
    day {text} NOT NULL,
    value BIGINT NOT NULL,
    seal {bytes} NOT NULL,
    PRIMARY KEY (agency, day)
);

CREATE TABLE jobs (
    id {text} NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    payload {bytes} NOT NULL,
    cause {bytes} NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    done_at BIGINT NOT NULL,
    progress BIGINT NOT NULL,
    error {text} NOT NULL,
    seal {bytes} NOT NULL
);
CREATE INDEX jobs_open ON jobs (done_at, due_at, id);

CREATE TABLE subject_keys (
    subject {text} NOT NULL PRIMARY KEY,
    key {bytes} NOT NULL,
    seal {bytes} NOT NULL
);

-- What this store is: real or demonstration, its clock, leases.
CREATE TABLE meta (
    name {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL,
    seal {bytes} NOT NULL
);

CREATE TABLE files (
    hash {bytes} NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    name {text} NOT NULL,
    stored_at BIGINT NOT NULL,
    seal {bytes} NOT NULL
);

CREATE TABLE rule_versions (
    kind {text} NOT NULL,
    name {text} NOT NULL,
    version BIGINT NOT NULL,
    id {bytes} NOT NULL,
    valid_from {text} NOT NULL,
    valid_to {text} NOT NULL,
    basis {text} NOT NULL,
    known_from BIGINT NOT NULL,
    known_to BIGINT NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (kind, name, version)
);
CREATE INDEX rule_versions_known ON rule_versions (known_to, kind, name);

CREATE TABLE drafts (
    id {text} NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    name {text} NOT NULL,
    standing {text} NOT NULL,
    holder {text} NOT NULL,
    unit {text} NOT NULL,
    opened_by {text} NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    errors BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    summary {text} NOT NULL,
    valid_from {text} NOT NULL,
    valid_to {text} NOT NULL,
    event {bytes} NOT NULL
);
CREATE INDEX drafts_standing ON drafts (standing, opened_at, id);
CREATE INDEX drafts_opened ON drafts (opened_at, id);
CREATE INDEX drafts_holder ON drafts (holder, standing, opened_at, id);
CREATE INDEX drafts_unit ON drafts (unit, opened_at, id);
