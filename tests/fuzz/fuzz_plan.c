// SPDX-License-Identifier: EUPL-1.2
// What the daemon believes of a solver: a DONE frame, all the way to the checker. Input: numbers put over words of the optimiser's own answer for a small region, the first of them cutting
// bytes off or adding some. Oracle: it is refused, or it is, written again, the same bytes; a plan made of it is refused by the checker, or is worth what its packages add up to and not
// more than its bound.
#include "carved/model/check.h"
#include "carved/model/compile.h"
#include "carved/optimize/optimize.h"
#include "carved/wire/wire.h"
#include "fuzz.h"

enum { DATE = 20779 }; // 2026-11-22

static const char documents[] =
	"{kind: coach, ref: C-1, hours: 8}\n---\n"
	"{kind: candidate, ref: K-1, coach: C-1, consent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching]}, scale: "
	"icf, home: '3811',"
	" travel: {max-minutes: 45, mode: bicycle}, hours: {min: 4, max: 8}, available: {mon: [am, pm], tue: [am]}, limitations: "
	"{d430: 2},"
	" supported: [{category: d430, limitation: 1, by: lift, kind: guidance}], limits: [{category: d720, level: 1, hours: "
	"4}]}\n---\n"
	"{kind: candidate, ref: K-2, coach: C-1, consent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching]}, scale: "
	"icf, home: '3811',"
	" travel: {max-minutes: 45, mode: bicycle}, hours: {min: 4, max: 12}, available: {tue: [am, pm], thu: [pm]}, support: "
	"{buddy-hours: 2, coach-hours: 1}}\n---\n"
	"{kind: candidate, ref: K-3, coach: C-1, consent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching]}, scale: "
	"icf, home: '3811',"
	" travel: {max-minutes: 45, mode: bicycle}, hours: {min: 30, max: 36}, available: {tue: [am, pm]}}\n---\n"
	"{kind: site, ref: S-1, employer: E-1, name: A, place: '3818', open: {mon: [am, pm], tue: [am, pm]}, supervision: "
	"{hours: 4}, places: 2, jobs: ["
	"{ref: nurse, title: N, incumbents: 2, hours: 40, carve: {share: 0.5}, tasks: [{ref: linen, title: L, hours: 10, "
	"demands: {d430: 3}, relief: 2},"
	" {ref: meals, title: M, hours: {mon-pm: 2, tue-am: 2}, demands: {d720: 1}}]}], vacancies: ["
	"{ref: kitchen, title: K, openings: 2, tasks: [{ref: dishes, title: D, hours: 6}, {ref: floor, title: F, hours: "
	"2}]}]}\n---\n"
	"{kind: site, ref: S-2, employer: E-2, name: B, place: '3811', open: {tue: [am, pm], thu: [pm]}, places: 1, jobs: ["
	"{ref: clerk, title: C, incumbents: 1, hours: 24, carve: {share: 0.5}, tasks: [{ref: post, title: P, hours: 10}, {ref: "
	"garden, title: G, hours: 4, undone: true}]}]}\n";

// Made once, never freed.
static struct {
	struct carved_region *region;
	struct carved_slot_table *table;
	struct carved_weights weights;
	struct carved_instance instance;
	struct carved_buffer answer; // the optimiser's, as a frame
} made;

static int never_stop(void *context)
{
	(void)context;
	return 0;
}

static void make_region(void)
{
	struct carved_parsed parsed = {0};
	struct carved_findings findings = {0};
	struct carved_region_change changes[8];
	FUZZ_REQUIRE(carved_parse_documents(documents, sizeof documents - 1, CARVED_FORMAT_YAML, DATE, NULL, &parsed, &findings));
	for (size_t i = 0; i < parsed.count; i++)
		changes[i] =
			(struct carved_region_change){parsed.documents[i]->kind, parsed.documents[i]->ref, parsed.documents[i]};
	struct carved_region *empty = carved_region_new();
	made.region = carved_region_apply(empty, changes, parsed.count);
	FUZZ_REQUIRE(carved_region_check(made.region, &parsed, NULL, 0, &findings));
	carved_region_unref(empty);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
}

static void make_answer(void)
{
	struct carved_optimize_options options = {.should_stop = never_stop};
	struct carved_solution solution = {0};
	make_region();
	made.table = carved_slot_table_new(made.region);
	carved_weights_init(&made.weights);
	carved_compile(made.region, DATE, &made.weights, &made.instance);
	carved_budget_init(&options.budget);
	options.budget.search_rounds = 20, options.budget.block_rounds = 2;
	carved_optimize(&made.instance, &options, &solution);
	FUZZ_REQUIRE(solution.package_count == 2);
	carved_wire_add_solution(&made.answer, CARVED_FRAME_DONE, &made.instance, &solution);
	carved_solution_deinit(&solution);
}

static void check_plan(const struct carved_solution *solution)
{
	struct carved_plan plan = {0};
	struct carved_violations violations = {0};
	if (!carved_plan_make(made.region, made.table, DATE, &made.weights, solution, &plan, NULL))
		return;
	if (carved_check_plan(made.region, made.table, &plan, &violations)) {
		int64_t sum = 0;
		for (size_t p = 0; p < plan.proposal_count; p++)
			sum += plan.proposals[p].value;
		FUZZ_REQUIRE(plan.value == sum && plan.bound >= sum && plan.proposal_count + plan.unplaced_count == 3);
	}
	carved_violations_deinit(&violations);
	carved_plan_deinit(&plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	struct carved_buffer bytes = CARVED_BUFFER_INIT;
	if (made.answer.length == 0)
		make_answer();
	size_t length = made.answer.length - CARVED_WIRE_HEADER_BYTES + fuzz_take(&input, 1) - (size > 0 ? 128 : 0);
	carved_buffer_extend(&bytes, length);
	memset(bytes.data, 0, length);
	memcpy(bytes.data, made.answer.data + CARVED_WIRE_HEADER_BYTES,
		length < made.answer.length - CARVED_WIRE_HEADER_BYTES ? length : made.answer.length - CARVED_WIRE_HEADER_BYTES);
	fuzz_patch(&input, bytes.data, length);
	struct carved_frame frame = {CARVED_FRAME_DONE, (const uint8_t *)bytes.data, length};
	struct carved_solution solution = {0};
	struct carved_error error;
	if (carved_wire_read_solution(&frame, &made.instance, &solution, &error)) {
		struct carved_buffer again = CARVED_BUFFER_INIT;
		carved_wire_add_solution(&again, CARVED_FRAME_DONE, &made.instance, &solution);
		FUZZ_REQUIRE(again.length == length + CARVED_WIRE_HEADER_BYTES &&
			     memcmp(again.data + CARVED_WIRE_HEADER_BYTES, bytes.data, length) == 0);
		check_plan(&solution);
		carved_buffer_deinit(&again);
		carved_solution_deinit(&solution);
	}
	carved_buffer_deinit(&bytes);
	return 0;
}
