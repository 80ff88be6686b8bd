// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/date.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

struct civil {
	int year, month, day;
};

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static carved_date days_from_civil(struct civil c)
{
	int year = c.month <= 2 ? c.year - 1 : c.year;
	int era = year / 400;
	int year_of_era = year - era * 400;
	int day_of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

static struct civil civil_from_days(carved_date date)
{
	int shifted = date + 719468;
	int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int day_of_era = shifted - era * 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month = (5 * day_of_year + 2) / 153;
	struct civil c = {.day = day_of_year - (153 * month + 2) / 5 + 1, .month = month < 10 ? month + 3 : month - 9};
	c.year = year_of_era + era * 400 + (c.month <= 2);
	return c;
}

static bool read_digits(const char *text, int count, int *ret_number)
{
	int number = 0;
	for (int i = 0; i < count; i++) {
		if (!isdigit((unsigned char)text[i]))
			return false;
		number = number * 10 + (text[i] - '0');
	}
	*ret_number = number;
	return true;
}

bool carved_date_parse(const char *text, carved_date *ret_date, struct carved_error *error)
{
	struct civil c;
	bool right = strlen(text) == 10 && text[4] == '-' && text[7] == '-' && read_digits(text, 4, &c.year) &&
		     read_digits(text + 5, 2, &c.month) && read_digits(text + 8, 2, &c.day) && c.year >= FIRST_YEAR &&
		     c.year <= LAST_YEAR && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
		     c.day <= days_in_month(c.year, c.month);
	if (!right)
		return carved_fail(error, CARVED_DATE_INVALID, "text", text);
	*ret_date = days_from_civil(c);
	return true;
}

const char *carved_date_format(carved_date date, char text[CARVED_DATE_TEXT_MAX])
{
	struct civil c = civil_from_days(date);
	snprintf(text, CARVED_DATE_TEXT_MAX, "%04u-%02u-%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100,
		(unsigned)c.day % 100);
	return text;
}

int carved_date_months_between(carved_date since, carved_date date)
{
	if (since == CARVED_DATE_NONE || since >= date)
		return 0;
	struct civil from = civil_from_days(since), to = civil_from_days(date);
	return (to.year - from.year) * 12 + to.month - from.month - (to.day < from.day);
}
