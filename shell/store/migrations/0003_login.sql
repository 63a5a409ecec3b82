-- Passwords, sessions, API tokens, failed attempts: what no event explains. Every row carries a seal.

CREATE TABLE credentials (
    person {text} NOT NULL PRIMARY KEY,
    phc {text} NOT NULL,
    must_change BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    seal {bytes} NOT NULL
);

-- Only the hash of what the browser holds is kept.
CREATE TABLE sessions (
    hash {bytes} NOT NULL PRIMARY KEY,
    id {text} NOT NULL,
    person {text} NOT NULL,
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address {text} NOT NULL,
    agent {text} NOT NULL,
    seal {bytes} NOT NULL
);
CREATE INDEX sessions_person ON sessions (person, opened_at);

CREATE TABLE tokens (
    hash {bytes} NOT NULL PRIMARY KEY,
    id {text} NOT NULL,
    person {text} NOT NULL,
    name {text} NOT NULL,
    -- JSON: "all" or a list of codes of actions
    scope {text} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    seal {bytes} NOT NULL
);
CREATE INDEX tokens_person ON tokens (person, created_at);

-- Failures in a row, by what was tried (`login`) and from where (`address`).
CREATE TABLE attempts (
    kind {text} NOT NULL,
    key {text} NOT NULL,
    failures BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    seal {bytes} NOT NULL,
    PRIMARY KEY (kind, key)
);

-- Browsers in which a person has logged in before: strangers' failures do not keep him out there.
CREATE TABLE devices (
    hash {bytes} NOT NULL PRIMARY KEY,
    person {text} NOT NULL,
    seen_at BIGINT NOT NULL,
    seal {bytes} NOT NULL
);
CREATE INDEX devices_person ON devices (person, seen_at);
