// SPDX-License-Identifier: EUPL-1.2
// What recommendations stand on: one snapshot of the region on one date, compiled, and the last plan laid over it. Immutable, shared, counted. Made once on
// demand, kept until a newer region is published or a newer plan ends; those who ask while it is being made wait for it.
#pragma once
#include "carved/advise/advise.h"
#include "carved/model/past.h"
#include "carved/model/single.h"
#include "errand.h"
#include "store/store.h"

struct carved_service;

struct carved_ground {
	struct carved_region *region; // one reference
	carved_date date;
	struct carved_instance instance;
	struct carved_asks *asks; // of the instance
	struct carved_singles *singles;
	struct carved_past *past;        // the last plan, one reference; NULL: none
	struct carved_standing standing; // of `past`; empty without
	unsigned references;
};

// Compiles. Any thread; slow on large regions. Takes references of its own. `people`: a region with at least the candidates of `region` (carved_past_lay); past may
// be NULL.
struct carved_ground *carved_ground_make(struct carved_region *region, carved_date date, const struct carved_weights *weights,
	struct carved_past *past, const struct carved_region *people);
struct carved_ground *carved_ground_ref(struct carved_ground *ground);
void carved_ground_unref(struct carved_ground *ground); // thread-safe; NULL is legal

// ---- the newest one; loop thread only

// Someone who waits for the ground of the newest region, or for the last plan only. Embedded in its owner, who keeps it valid until `ready` was called, once,
// perhaps at once.
struct carved_ground_wait {
	bool past_only;
	// The references are the callee's. ground is NULL where past_only; past NULL where there is no plan. With a failure (code not 0) both are.
	void (*ready)(struct carved_ground_wait *wait, struct carved_ground *ground, struct carved_past *past,
		const struct carved_error *failure);
	struct carved_ground_wait *next;
};

struct carved_ground_keeper;
struct carved_ground_keeper *carved_ground_keeper_new(struct carved_service *service);
void carved_ground_keeper_free(struct carved_ground_keeper *keeper); // Requires: nobody waits. NULL is legal
void carved_ground_keeper_get(struct carved_ground_keeper *keeper, struct carved_ground_wait *wait);

// A newer region was published: what is kept is given up (and freed on a work thread).
void carved_ground_keeper_drop(struct carved_ground_keeper *keeper);
// A plan has ended with proposals: the last plan is to be read again.
void carved_ground_keeper_note_plan(struct carved_ground_keeper *keeper);

// last_plan.c, on the reader's thread: the id of the last plan that stands (see below), "" where there is none; any plan that has ended, with its proposals.
struct carved_store;
bool carved_last_plan_find(struct carved_store *store, char ret_id[CARVED_STORE_ID_MAX], struct carved_error *error);
// The ids of the newest plans that stood: ended with proposals, no simulation; newest first, at most `most` (from 1) of those older than `before` (NULL: all).
// `ret_ids` has room for `most`. Returns false also with PLAN_NOT_FOUND where `before` is no id.
bool carved_last_plans_find(struct carved_store *store, const char *before, size_t most, char (*ret_ids)[CARVED_STORE_ID_MAX],
	size_t *ret_count, struct carved_error *error);
bool carved_past_read_plan(struct carved_store *store, const char *id, struct carved_past **ret_past, struct carved_error *error);

// Reads the last plan, on the reader's thread: the newest that ended with proposals and is no simulation. *ret_past NULL where there is none.
bool carved_last_plan_read(struct carved_store *store, struct carved_past **ret_past, struct carved_error *error);
