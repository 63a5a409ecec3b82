-- Sheets that are split among units; made again from the streams `round/…` and `sheet/…`.

-- Which units answer lines of the sheet of another.
CREATE TABLE round_shares (
    round {text} NOT NULL,
    scored {text} NOT NULL,
    unit {text} NOT NULL,
    -- In the order of the plan, from 0.
    place BIGINT NOT NULL,
    PRIMARY KEY (round, scored, unit)
);
CREATE INDEX round_shares_unit ON round_shares (unit, round);

-- How far the part of each of them is; not there: not handed over yet.
CREATE TABLE sheet_parts (
    round {text} NOT NULL,
    scored {text} NOT NULL,
    unit {text} NOT NULL,
    -- delivered, reopened, sent-back
    standing {text} NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (round, scored, unit)
);
