-- SPDX-License-Identifier: EUPL-1.2
-- What people decided on proposals, and what proposals rest on. Decisions never change; the state of a proposal follows from them, or from its inputs (`stale`).

ALTER TABLE plans ADD COLUMN simulated INTEGER NOT NULL DEFAULT 0; -- made for another day than that on which it was asked for: nobody decides on it
UPDATE plans SET simulated = ifnull(json_extract(summary, '$.simulated'), 0);

ALTER TABLE proposals ADD COLUMN origin INTEGER REFERENCES proposals (id); -- the proposal that people decide on and whose state counts; NULL: this one
ALTER TABLE proposals ADD COLUMN candidate_version INTEGER NOT NULL DEFAULT 0; -- of the documents that the plan saw
ALTER TABLE proposals ADD COLUMN site_version INTEGER NOT NULL DEFAULT 0;

CREATE INDEX proposals_by_candidate ON proposals (candidate, state);
CREATE INDEX proposals_open_at_site ON proposals (site) WHERE state IN ('proposed', 'offered');
CREATE INDEX proposals_proposed ON proposals (plan) WHERE state = 'proposed';
CREATE INDEX proposals_decided ON proposals (state) WHERE state IN ('offered', 'accepted', 'started');

CREATE TABLE decisions (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	proposal INTEGER NOT NULL REFERENCES proposals (id), -- one without origin
	kind TEXT NOT NULL CHECK (kind IN ('offered', 'accepted', 'declined', 'withdrawn', 'started', 'ended')),
	reason TEXT, -- code
	text TEXT,
	candidate_agreed INTEGER, -- dates: days since 1970-01-01
	employer_agreed INTEGER,
	finances_discussed INTEGER,
	contact TEXT, -- who at the employer, and how to reach them
	for_good INTEGER NOT NULL DEFAULT 0, -- of a decline
	candidate_version INTEGER NOT NULL, -- of the documents when it was decided
	site_version INTEGER NOT NULL,
	decided_at INTEGER NOT NULL, -- ms since 1970-01-01 UTC
	decided_by TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_on_proposal ON decisions (proposal);
CREATE INDEX decisions_declined ON decisions (proposal) WHERE kind = 'declined';

-- Proposals from before: what they rest on are the documents as they were when their plan began. Those that a later plan replaced, or whose documents have changed, are stale.
UPDATE proposals SET
	candidate_version = ifnull((SELECT max(v.version) FROM document_versions v JOIN plans p ON p.id = proposals.plan
		WHERE v.kind = 'candidate' AND v.ref = proposals.candidate AND v.changed_at <= p.created_at), 0),
	site_version = ifnull((SELECT max(v.version) FROM document_versions v JOIN plans p ON p.id = proposals.plan
		WHERE v.kind = 'site' AND v.ref = proposals.site AND v.changed_at <= p.created_at), 0);
UPDATE proposals SET state = 'stale'
WHERE plan IN (SELECT id FROM plans WHERE NOT simulated) AND (
	plan < (SELECT max(q.plan) FROM proposals q JOIN plans p ON p.id = q.plan WHERE NOT p.simulated)
	OR candidate_version IS NOT (SELECT v.version FROM documents d JOIN document_versions v ON v.id = d.version_id
		WHERE d.kind = 'candidate' AND d.ref = proposals.candidate)
	OR site_version IS NOT (SELECT v.version FROM documents d JOIN document_versions v ON v.id = d.version_id
		WHERE d.kind = 'site' AND d.ref = proposals.site));
