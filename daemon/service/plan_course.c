// SPDX-License-Identifier: EUPL-1.2
// Where there is no room, every second point goes, and from then on every second one that comes is passed over.
#include "plan_course.h"
#include "plan_format.h"
#include <stdio.h>

static void thin(struct carved_plan_course *course)
{
	unsigned kept = 0;
	for (unsigned i = 0; i < course->count; i += 2)
		course->points[kept++] = course->points[i];
	course->count = kept;
	course->pause = 2 * course->pause + 1;
}

void carved_plan_course_add(struct carved_plan_course *course, const struct carved_plan_point *point)
{
	const struct carved_plan_point *last = course->count > 0 ? &course->points[course->count - 1] : NULL;
	if (last && last->value == point->value && last->bound == point->bound)
		return;
	if (last && course->passed < course->pause) {
		course->passed++;
		return;
	}
	if (course->count == CARVED_PLAN_COURSE_MOST - 1)
		thin(course);
	course->points[course->count++] = *point;
	course->passed = 0;
}

static void add_points(struct carved_json_writer *writer, const char *key, int64_t points)
{
	if (points < 0)
		carved_json_add_text(writer, key, NULL);
	else
		carved_json_add_integer(writer, key, points);
}

static void format_point(const struct carved_plan_point *point, struct carved_json_writer *writer)
{
	char seconds[32];
	int length = snprintf(seconds, sizeof seconds, "%lld.%03d", (long long)(point->ms / 1000), (int)(point->ms % 1000));
	carved_json_begin_object(writer, NULL);
	carved_json_add_raw(writer, "seconds", seconds, (size_t)length);
	add_points(writer, "value", point->value);
	add_points(writer, "bound", point->bound);
	if (point->value < 0 || point->bound < 0)
		carved_json_add_text(writer, "gap", NULL);
	else
		carved_json_add_millionths(writer, "gap", carved_plan_gap(point->value, point->bound));
	carved_json_end_object(writer);
}

void carved_plan_course_format(const struct carved_plan_course *course, const struct carved_plan_point *end,
	struct carved_json_writer *writer, const char *key)
{
	carved_json_begin_array(writer, key);
	for (unsigned i = 0; i < course->count; i++)
		format_point(&course->points[i], writer);
	format_point(end, writer);
	carved_json_end_array(writer);
}
