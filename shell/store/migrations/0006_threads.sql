-- Questions about criteria of rounds; made again from the streams `thread/…`.

CREATE TABLE thread_questions (
    round {text} NOT NULL,
    criterion {text} NOT NULL,
    -- From 1 within the criterion.
    number BIGINT NOT NULL,
    group_code {text} NOT NULL,
    unit {text} NOT NULL,
    person {text} NOT NULL,
    question {text} NOT NULL,
    asked_at BIGINT NOT NULL,
    -- Empty: not yet.
    answer {text} NOT NULL,
    answered_at BIGINT NOT NULL,
    corrections BIGINT NOT NULL,
    PRIMARY KEY (round, criterion, number)
);
