// SPDX-License-Identifier: EUPL-1.2
// The core schema of YAML 1.2.2, section 10.3.2: which plain scalars are null, booleans and numbers.
#include "carved/base/yaml_scalar.h"
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_one_of(const char *text, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(text, words[i]) == 0)
			return true;
	}
	return false;
}
#define IS_ONE_OF(text, ...)                                                                                                     \
	is_one_of(text, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static const char *skip_digits(const char *text)
{
	while (isdigit((unsigned char)*text))
		text++;
	return text;
}

static const char *skip_sign(const char *text)
{
	return text + (*text == '-' || *text == '+');
}

// The base of an integer as the core schema writes it (0o14, 0xF, -12); 0 for anything else.
static int integer_base(const char *text)
{
	if (strncmp(text, "0o", 2) == 0 && text[2])
		return text[2 + strspn(text + 2, "01234567")] == '\0' ? 8 : 0;
	if (strncmp(text, "0x", 2) == 0 && text[2])
		return text[2 + strspn(text + 2, "0123456789abcdefABCDEF")] == '\0' ? 16 : 0;
	const char *digits = skip_sign(text);
	return isdigit((unsigned char)*digits) && !*skip_digits(digits) ? 10 : 0;
}

static bool is_real(const char *text)
{
	const char *at = skip_sign(text), *whole = at;
	at = skip_digits(at);
	bool digits = at > whole;
	if (*at == '.') {
		const char *fraction = ++at;
		at = skip_digits(at);
		digits = digits || at > fraction;
	}
	if (!digits)
		return false;
	if (*at == 'e' || *at == 'E') {
		const char *exponent = skip_sign(at + 1);
		at = skip_digits(exponent);
		if (at == exponent)
			return false;
	}
	return *at == '\0';
}

static bool is_not_finite(const char *text)
{
	return IS_ONE_OF(skip_sign(text), ".inf", ".Inf", ".INF") || IS_ONE_OF(text, ".nan", ".NaN", ".NAN");
}

static bool resolve_integer(struct carved_node *node, int base)
{
	errno = 0;
	node->kind = CARVED_NODE_INTEGER;
	node->integer = strtoimax(node->text + (base == 10 ? 0 : 2), NULL, base);
	return errno == 0;
}

bool carved_yaml_scalar_resolve(struct carved_node *node)
{
	int base = integer_base(node->text);
	node->kind = CARVED_NODE_STRING;
	if (base)
		return resolve_integer(node, base);
	if (IS_ONE_OF(node->text, "", "~", "null", "Null", "NULL")) {
		node->kind = CARVED_NODE_NULL;
	} else if (IS_ONE_OF(node->text, "true", "True", "TRUE", "false", "False", "FALSE")) {
		node->kind = CARVED_NODE_BOOL;
		node->boolean = tolower((unsigned char)*node->text) == 't';
	} else if (is_real(node->text)) {
		node->kind = CARVED_NODE_REAL;
		node->real = strtod(node->text, NULL);
		return isfinite(node->real);
	}
	return !is_not_finite(node->text);
}

bool carved_yaml_scalar_is_text(const char *text)
{
	struct carved_node node = {.text = text};
	return carved_yaml_scalar_resolve(&node) && node.kind == CARVED_NODE_STRING;
}
