-- Rounds, the sheets in them and their lines; made again from the streams `round/…` and `sheet/…`.

CREATE TABLE rounds (
    id {text} NOT NULL PRIMARY KEY,
    title {text} NOT NULL,
    year BIGINT NOT NULL,
    organiser {text} NOT NULL,
    -- planned, running, published
    standing {text} NOT NULL,
    -- Code of the phase; empty where it does not run.
    phase {text} NOT NULL,
    units BIGINT NOT NULL
);
CREATE INDEX rounds_year ON rounds (year, id);

CREATE TABLE round_units (
    round {text} NOT NULL,
    unit {text} NOT NULL,
    name {text} NOT NULL,
    group_code {text} NOT NULL,
    -- In the order of protocol, from 0.
    place BIGINT NOT NULL,
    PRIMARY KEY (round, unit)
);
CREATE INDEX round_units_unit ON round_units (unit, round);

CREATE TABLE sheets (
    round {text} NOT NULL,
    unit {text} NOT NULL,
    -- open, proposed, submitted
    standing {text} NOT NULL,
    -- Lines that are answered, wait for an answer to a question, were decided at least once.
    filled BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    decided BIGINT NOT NULL,
    -- The report with which it was handed in last; empty: it was not.
    number {text} NOT NULL,
    dated {text} NOT NULL,
    submitted_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (round, unit)
);

-- A criterion of all units stands together: agencies appraise down one criterion.
CREATE TABLE sheet_lines (
    round {text} NOT NULL,
    criterion {text} NOT NULL,
    unit {text} NOT NULL,
    -- The line as JSON.
    line {bytes} NOT NULL,
    PRIMARY KEY (round, criterion, unit)
);
