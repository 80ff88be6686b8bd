-- SPDX-License-Identifier: EUPL-1.2
-- Documents: every version ever in one table, the present ones as pointers into it, so that no text is kept twice.
CREATE TABLE document_versions (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	ref TEXT NOT NULL,
	version INTEGER NOT NULL CHECK (version >= 1),
	json TEXT, -- NULL: deleted
	changed_at INTEGER NOT NULL, -- ms since 1970-01-01 UTC
	changed_by TEXT NOT NULL,
	UNIQUE (kind, ref, version)
) STRICT;

CREATE TABLE documents (
	kind TEXT NOT NULL,
	ref TEXT NOT NULL,
	version_id INTEGER NOT NULL UNIQUE REFERENCES document_versions (id),
	PRIMARY KEY (kind, ref)
) STRICT, WITHOUT ROWID;
