-- SPDX-License-Identifier: EUPL-1.2
-- First answers to requests with an Idempotency-Key, written with their effect: such a request that comes again is answered from here and has no second effect.
CREATE TABLE answers (
	uid INTEGER NOT NULL, -- the user whose key it is
	key TEXT NOT NULL,
	fingerprint TEXT NOT NULL, -- of the request
	status INTEGER NOT NULL,
	body TEXT, -- as it was answered
	plan INTEGER REFERENCES plans (id), -- in place of a body: what it says now
	made_at INTEGER NOT NULL, -- ms since 1970-01-01 UTC
	PRIMARY KEY (uid, key),
	CHECK ((body IS NULL) = (plan IS NOT NULL))
) STRICT;
CREATE INDEX answers_by_age ON answers (made_at);
