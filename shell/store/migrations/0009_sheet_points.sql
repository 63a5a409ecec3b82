-- What the units of a round give themselves, line by line: for means of a group, without reading sheets; made again
-- from the streams `sheet/…`.

CREATE TABLE sheet_points (
    round {text} NOT NULL,
    criterion {text} NOT NULL,
    unit {text} NOT NULL,
    -- Whether the criterion applies to the unit.
    applicable BIGINT NOT NULL,
    -- Points of its self-score in millionths, rounded: for orientation, never for a result.
    millionths BIGINT NOT NULL,
    PRIMARY KEY (round, criterion, unit)
);
