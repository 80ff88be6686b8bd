// SPDX-License-Identifier: EUPL-1.2
// What carve's exit code says: part of its interface, for scripts.
#pragma once

enum carve_exit {
	CARVE_YES,         // done
	CARVE_NO,          // done, and there is no result
	CARVE_USAGE,       // the command line makes no sense
	CARVE_INVALID,     // a document is wrong
	CARVE_NOT_FOUND,   // no such thing
	CARVE_STALE,       // it changed meanwhile, or its state does not allow this
	CARVE_NOT_ALLOWED, // this user may not
	CARVE_UNREACHABLE, // no daemon, or too busy
	CARVE_INTERNAL     // a fault of carved or carve
};
