-- SPDX-License-Identifier: EUPL-1.2
-- What happened, in the order of the commits. AUTOINCREMENT: an id that somebody has read never comes back for something else, also where all were forgotten.
-- Plans and proposals are numbers without references: an event may outlive what it tells of.
CREATE TABLE events (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL, -- ms since 1970-01-01 UTC
	kind TEXT NOT NULL,
	plan INTEGER,
	proposal INTEGER,
	candidate TEXT,
	site TEXT,
	json TEXT -- what else there is to say; NULL: nothing
) STRICT;
