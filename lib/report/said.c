// SPDX-License-Identifier: EUPL-1.2
// Figures, dates, words and whole sentences, in the page's language.
#include "carved/base/date.h"
#include "page.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *carved_page_label(const struct carved_page *page, const char *group, const char *name)
{
	char msgid[128];
	snprintf(msgid, sizeof msgid, "%s.%s", group, name);
	const char *label = carved_text_find(page->language, msgid);
	return label ? label : name;
}

void carved_page_words(struct carved_page *page, const char *text)
{
	if (text && page->plain)
		carved_markup_text(&page->markup, text);
	else if (text)
		carved_markup_element(&page->markup, "bdi", NULL, text);
}

// Thousands apart and the decimal sign of the language: 12345.5 is 12,345.5 or 12.345,5.
static void localise(enum carved_language language, const char *number, char text[CARVED_PAGE_NUMBER_MAX])
{
	const char thousands = language == CARVED_DUTCH ? '.' : ',', decimal = language == CARVED_DUTCH ? ',' : '.';
	size_t whole = strspn(number, "-0123456789"), length = 0;
	size_t sign = *number == '-';
	if (sign)
		length += (size_t)snprintf(text, CARVED_PAGE_NUMBER_MAX, "\u2212"); // a real minus
	for (size_t i = sign; i < whole; i++) {
		if (i > sign && (whole - i) % 3 == 0 && whole - sign > 4)
			text[length++] = thousands;
		text[length++] = number[i];
	}
	if (number[whole] == '.')
		text[length++] = decimal;
	strcpy(text + length, number + whole + (number[whole] == '.'));
}

const char *carved_page_format(const struct carved_page *page, double number, char text[CARVED_PAGE_NUMBER_MAX])
{
	char plain[CARVED_PAGE_NUMBER_MAX / 2];
	snprintf(plain, sizeof plain, "%.12g", number);
	localise(page->language, plain, text);
	return text;
}

// `exact` is what the API states, `shown` what people read.
static void add_data(struct carved_page *page, double exact, double shown, const char *unit)
{
	char text[CARVED_PAGE_NUMBER_MAX];
	if (!page->plain) {
		carved_markup_open(&page->markup, "data");
		carved_markup_attribute_printf(&page->markup, "value", "%.15g", exact);
	}
	carved_markup_text(&page->markup, carved_page_format(page, shown, text));
	carved_markup_text(&page->markup, unit);
	if (!page->plain)
		carved_markup_close(&page->markup, "data");
}

void carved_page_value(struct carved_page *page, double value)
{
	add_data(page, value, value, "");
}

static bool is_number(const struct carved_node *node)
{
	return node && (node->kind == CARVED_NODE_INTEGER || node->kind == CARVED_NODE_REAL);
}

static double number_of(const struct carved_node *node)
{
	return node->kind == CARVED_NODE_INTEGER ? (double)node->integer : node->real;
}

void carved_page_number(struct carved_page *page, const struct carved_node *number)
{
	if (is_number(number))
		carved_page_value(page, number_of(number));
	else
		carved_markup_text(&page->markup, "\u2013");
}

void carved_page_share(struct carved_page *page, const struct carved_node *share)
{
	if (is_number(share))
		add_data(page, number_of(share), round(number_of(share) * 1e4) / 1e2, "%");
	else
		carved_markup_text(&page->markup, "\u2013");
}

void carved_page_date(struct carved_page *page, const char *date)
{
	carved_date day;
	char month[32];
	if (!date || !carved_date_parse(date, &day, NULL)) {
		carved_page_words(page, date);
		return;
	}
	snprintf(month, sizeof month, "report.month.%.2s", date + 5);
	char text[96];
	snprintf(text, sizeof text, "%d %s %.4s", atoi(date + 8), carved_text(page->language, month), date);
	if (!page->plain) {
		carved_markup_open(&page->markup, "time");
		carved_markup_attribute(&page->markup, "datetime", date);
	}
	carved_markup_text(&page->markup, text);
	if (!page->plain)
		carved_markup_close(&page->markup, "time");
}

static void add_said(struct carved_page *page, const struct carved_said *said)
{
	switch (said->kind) {
	case CARVED_SAID_WORDS:
		carved_page_words(page, said->text);
		break;
	case CARVED_SAID_LABEL:
		carved_markup_text(&page->markup, said->text);
		break;
	case CARVED_SAID_NUMBER:
		carved_page_number(page, said->number);
		break;
	case CARVED_SAID_SHARE:
		carved_page_share(page, said->number);
		break;
	case CARVED_SAID_DATE:
		carved_page_date(page, said->text);
		break;
	case CARVED_SAID_VALUE:
		carved_page_value(page, said->value);
		break;
	}
}

static const struct carved_said *find_said(const struct carved_said *said, const char *name, size_t length)
{
	for (; said->name; said++) {
		if (strlen(said->name) == length && memcmp(said->name, name, length) == 0)
			return said;
	}
	return NULL;
}

void carved_page_say_all(struct carved_page *page, const char *msgid, const struct carved_said *said)
{
	const char *text = carved_text(page->language, msgid);
	while (*text) {
		size_t plain = strcspn(text, "{");
		carved_markup_text_part(&page->markup, text, plain);
		text += plain;
		const char *end = strchr(text, '}');
		if (!end)
			break;
		const struct carved_said *found = find_said(said, text + 1, (size_t)(end - text - 1));
		if (found)
			add_said(page, found);
		else
			carved_markup_text_part(&page->markup, text, (size_t)(end - text + 1));
		text = end + 1;
	}
	carved_markup_text(&page->markup, text);
}

void carved_page_paragraph_all(
	struct carved_page *page, const char *element, const char *class, const char *msgid, const struct carved_said *said)
{
	carved_markup_open(&page->markup, element);
	if (class)
		carved_markup_attribute(&page->markup, "class", class);
	carved_page_say_all(page, msgid, said);
	carved_markup_close(&page->markup, element);
}

void carved_page_element(struct carved_page *page, const char *element, const char *class, const char *msgid)
{
	carved_markup_element(&page->markup, element, class, carved_text(page->language, msgid));
}
