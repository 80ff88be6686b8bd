-- SPDX-License-Identifier: EUPL-1.2
-- Plans and their proposals. AUTOINCREMENT: an id that people have seen never comes back for something else.
CREATE TABLE plans (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
	date INTEGER NOT NULL, -- days since 1970-01-01
	seed INTEGER NOT NULL, -- 64 bits, as a signed number
	summary TEXT,
	created_at INTEGER NOT NULL, -- ms since 1970-01-01 UTC
	created_by TEXT NOT NULL,
	ended_at INTEGER,
	failure TEXT, -- name of a message code
	failure_parameters BLOB, -- name NUL value NUL ...
	CHECK ((state = 'running') = (ended_at IS NULL)),
	CHECK ((state = 'failed') = (failure IS NOT NULL))
) STRICT;
CREATE INDEX plans_running ON plans (id) WHERE state = 'running';

-- Apart from plans, so that a list does not read through them.
CREATE TABLE plan_bodies (
	plan INTEGER PRIMARY KEY REFERENCES plans (id),
	json TEXT NOT NULL
) STRICT;

CREATE TABLE proposals (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	plan INTEGER NOT NULL REFERENCES plans (id),
	candidate TEXT NOT NULL,
	site TEXT NOT NULL,
	state TEXT NOT NULL,
	json TEXT NOT NULL
) STRICT;
CREATE INDEX proposals_of_plan ON proposals (plan);
CREATE INDEX proposals_of_candidate ON proposals (plan, candidate);
