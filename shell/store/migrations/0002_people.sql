-- Persons, what they hold and what they delegated; made again from the streams `person/…`.

CREATE TABLE persons (
    id {text} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    -- Name and login as they are searched.
    folded {text} NOT NULL,
    -- The name as it is sorted: given name first.
    name_key {bytes} NOT NULL,
    login {text} NOT NULL,
    -- none, open, closed
    account {text} NOT NULL,
    simulated BIGINT NOT NULL,
    -- Whose key opens the contact; empty: there is none.
    subject {text} NOT NULL,
    phone {text} NOT NULL,
    email {text} NOT NULL,
    registered_at BIGINT NOT NULL,
    -- 0: never
    password_changed_at BIGINT NOT NULL
);
CREATE INDEX persons_login ON persons (login);
CREATE INDEX persons_name ON persons (name_key, id);

-- Days are ISO; an empty last day: until further notice. Lists are JSON.
CREATE TABLE posts (
    person {text} NOT NULL,
    post {text} NOT NULL,
    unit {text} NOT NULL,
    title {text} NOT NULL,
    party_title {text} NOT NULL,
    roles {text} NOT NULL,
    fields {text} NOT NULL,
    capacity {text} NOT NULL,
    from_day {text} NOT NULL,
    to_day {text} NOT NULL,
    document {text} NOT NULL,
    sort_order BIGINT NOT NULL,
    PRIMARY KEY (person, post)
);
CREATE INDEX posts_unit ON posts (unit, sort_order);

CREATE TABLE post_roles (
    role {text} NOT NULL,
    person {text} NOT NULL,
    post {text} NOT NULL,
    PRIMARY KEY (role, person, post)
);
CREATE INDEX post_roles_post ON post_roles (person, post);

CREATE TABLE delegations (
    giver {text} NOT NULL,
    id {text} NOT NULL,
    from_post {text} NOT NULL,
    receiver {text} NOT NULL,
    capacity {text} NOT NULL,
    actions {text} NOT NULL,
    from_day {text} NOT NULL,
    to_day {text} NOT NULL,
    -- First day on which it holds no more; empty: it was not ended early.
    ended_day {text} NOT NULL,
    document {text} NOT NULL,
    PRIMARY KEY (giver, id)
);
CREATE INDEX delegations_receiver ON delegations (receiver);

-- Units with their periods, as the rules in force say; the program writes them, since rules are texts here.
CREATE TABLE units (
    code {text} NOT NULL,
    valid_from {text} NOT NULL,
    source {text} NOT NULL,
    valid_to {text} NOT NULL,
    name {text} NOT NULL,
    parent {text} NOT NULL,
    successors {text} NOT NULL,
    place BIGINT NOT NULL,
    seal {bytes} NOT NULL,
    PRIMARY KEY (code, valid_from, source)
);
CREATE INDEX units_parent ON units (parent);
CREATE INDEX units_source ON units (source);

-- What was last done in a post; what an event set off.
CREATE INDEX events_post ON events (post, happened_at) WHERE post <> '';
CREATE INDEX events_cause ON events (cause) WHERE length(cause) > 0;
