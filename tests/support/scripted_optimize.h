// SPDX-License-Identifier: EUPL-1.2
// A double of carved_optimize for the small instance: what it does is the request's seed.
#pragma once

enum scripted_optimize {
	SCRIPT_EMPTY,    // the empty plan at once
	SCRIPT_MANY,     // 50 better plans, 50 ms apart, worth 1 to 50; progress with each
	SCRIPT_TWO_WAIT, // two plans at once, worth 1 and 2; then waits to be stopped, and says by what
	SCRIPT_WAIT,     // waits to be stopped with nothing, and says by what
	SCRIPT_HOLD,     // does nothing and never asks whether to stop, as a library may
	SCRIPT_GREEDY,   // allocates without end
	SCRIPT_PRINT,    // prints to standard output, as a library may
};
