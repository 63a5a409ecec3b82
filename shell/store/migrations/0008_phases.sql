-- How far each sheet is in each phase, by agency; made again from the streams `sheet/…`.

CREATE TABLE sheet_phases (
    round {text} NOT NULL,
    unit {text} NOT NULL,
    -- Code of the phase.
    phase {text} NOT NULL,
    -- Code of the agency → lines of the phase, done, waiting for an answer of the unit; as JSON.
    tallies {bytes} NOT NULL,
    PRIMARY KEY (round, unit, phase)
);
