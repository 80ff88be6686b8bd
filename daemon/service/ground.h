// SPDX-License-Identifier: EUPL-1.2
// What recommendations stand on: one snapshot of the region on one date, compiled. Immutable, shared, counted. Made once on demand, kept until a newer region
// is published; those who ask while it is being made wait for it.
#pragma once
#include "carved/instance/instance.h"
#include "carved/model/single.h"
#include "errand.h"

struct carved_service;

struct carved_ground {
	struct carved_region *region; // one reference
	carved_date date;
	struct carved_instance instance;
	struct carved_singles *singles;
	unsigned references;
};

// Compiles. Any thread; slow on large regions. Takes a reference of its own to the region.
struct carved_ground *carved_ground_make(struct carved_region *region, carved_date date, const struct carved_weights *weights);
struct carved_ground *carved_ground_ref(struct carved_ground *ground);
void carved_ground_unref(struct carved_ground *ground); // thread-safe; NULL is legal

// ---- the newest one; loop thread only

// Someone who waits for the ground of the newest region. Embedded in its owner, who keeps it valid until `ready` was called, once, perhaps at once.
struct carved_ground_wait {
	void (*ready)(struct carved_ground_wait *wait, struct carved_ground *ground); // the reference is the callee's
	struct carved_ground_wait *next;
};

struct carved_ground_keeper;
struct carved_ground_keeper *carved_ground_keeper_new(struct carved_service *service);
void carved_ground_keeper_free(struct carved_ground_keeper *keeper); // Requires: nobody waits. NULL is legal
void carved_ground_keeper_get(struct carved_ground_keeper *keeper, struct carved_ground_wait *wait);

// A newer region was published: what is kept is given up (and freed on a work thread).
void carved_ground_keeper_drop(struct carved_ground_keeper *keeper);
