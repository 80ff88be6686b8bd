// SPDX-License-Identifier: EUPL-1.2
// What must not be in a document: citizen numbers anywhere, keys for what carved must not know, diagnosis codes in free text. Findings never repeat a citizen
// number.
#include "carved/model/privacy.h"
#include "reading.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { BSN_DIGITS = 9, KEY_MAX = 40 };

// The eleven test of the burgerservicenummer: 9 a + 8 b + ... + 2 h - i is a multiple of 11.
static bool passes_eleven_test(const char *digits)
{
	int sum = 0, any = 0;
	for (int i = 0; i < BSN_DIGITS; i++) {
		int weight = i == BSN_DIGITS - 1 ? -1 : BSN_DIGITS - i;
		sum += weight * (digits[i] - '0');
		any |= digits[i] - '0';
	}
	return any && sum % 11 == 0;
}

bool carved_privacy_has_citizen_number(const char *text)
{
	while (*text) {
		size_t run = strspn(text, "0123456789");
		if (run == BSN_DIGITS && passes_eleven_test(text))
			return true;
		text += run ? run : strcspn(text, "0123456789");
	}
	return false;
}

void carved_privacy_mask(struct carved_error *error)
{
	for (size_t at = 0; at < error->used;) {
		size_t run = 0; // the parameters stand one behind the other, each with its NUL
		while (at + run < error->used && isdigit((unsigned char)error->text[at + run]))
			run++;
		if (run == BSN_DIGITS && passes_eleven_test(error->text + at))
			memset(error->text + at, '*', run);
		at += run ? run : 1;
	}
}

// A key is reported at its map: a pointer to it would hold the number.
void carved_privacy_check(struct carved_reading *reading, const struct carved_place *place)
{
	size_t index = 0;
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place below = carved_place_below(place, node, index++);
		if (node->key && carved_privacy_has_citizen_number(node->key)) {
			carved_report(reading, place, CARVED_CITIZEN_NUMBER_IN_KEY);
			continue;
		}
		if (node->first)
			carved_privacy_check(reading, &below);
		else if (node->text && carved_privacy_has_citizen_number(node->text))
			carved_report(reading, &below, CARVED_CITIZEN_NUMBER);
	}
}

struct refused_keys {
	enum carved_code code;
	bool of_people_only;     // fine for a site or a word
	const char *const *keys; // lower case, without separators; NULL at the end
};

static const struct refused_keys refused[] = {
	{CARVED_NAME_REFUSED, true, (const char *const[]){"name", "naam", "initials", "initialen", NULL}},
	{CARVED_NAME_REFUSED, false,
		(const char *const[]){"firstname", "lastname", "surname", "familyname", "givenname", "fullname", "maidenname",
			"middlename", "nickname", "voornaam", "voornamen", "achternaam", "familienaam", "tussenvoegsel",
			"roepnaam", "voorletters", "meisjesnaam", "geboortenaam", NULL}},
	{CARVED_CITIZEN_NUMBER_KEY, false,
		(const char *const[]){"bsn", "burgerservicenummer", "sofi", "sofinummer", "citizennumber", "citizenservicenumber",
			"nationalid", "socialsecuritynumber", "ssn", NULL}},
	{CARVED_BIRTH_DATE_REFUSED, false,
		(const char *const[]){"birthdate", "dateofbirth", "dob", "birthday", "birthyear", "yearofbirth", "born", "age",
			"geboortedatum", "geboortejaar", "geboren", "leeftijd", NULL}},
	{CARVED_DIAGNOSIS_REFUSED, false,
		(const char *const[]){"diagnosis", "diagnoses", "diagnose", "diagnosen", "icd", "icd10", "icd11", "dsm", "dsm4",
			"dsm5", "disease", "disorder", "illness", "medication", "ziekte", "ziektebeeld", "stoornis", "aandoening",
			"medicatie", "medicijnen", NULL}},
	{CARVED_SEX_REFUSED, false, (const char *const[]){"sex", "gender", "geslacht", "sekse", NULL}},
	{CARVED_ORIGIN_REFUSED, false,
		(const char *const[]){"origin", "ethnicity", "ethnicorigin", "race", "nationality", "countryofbirth",
			"birthcountry", "birthplace", "migrationbackground", "afkomst", "herkomst", "etniciteit", "ras",
			"nationaliteit", "geboorteland", "geboorteplaats", "migratieachtergrond", NULL}},
	{CARVED_RELIGION_REFUSED, false,
		(const char *const[]){"religion", "belief", "faith", "church", "religie", "geloof", "godsdienst", "kerk",
			"levensovertuiging", NULL}},
};

static void normalise(const char *key, char text[KEY_MAX])
{
	size_t used = 0;
	for (; *key && used < KEY_MAX - 1; key++) {
		if (isalnum((unsigned char)*key))
			text[used++] = (char)tolower((unsigned char)*key);
	}
	text[used] = '\0';
}

enum carved_code carved_privacy_of_key(const char *key, enum carved_kind kind)
{
	char text[KEY_MAX];
	bool of_people = kind == CARVED_KIND_CANDIDATE || kind == CARVED_KIND_COACH;
	normalise(key, text);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		if (refused[i].of_people_only && !of_people)
			continue;
		for (const char *const *at = refused[i].keys; *at; at++) {
			if (strcmp(*at, text) == 0)
				return refused[i].code;
		}
	}
	return CARVED_OK;
}

// "ICD-10", "icd11", "DSM-5", "DSM IV": the name of the classification with its edition. DSM alone is an employer.
static size_t classification_length(const char *text)
{
	if (strncasecmp(text, "icd", 3) != 0 && strncasecmp(text, "dsm", 3) != 0)
		return 0;
	bool icd = tolower((unsigned char)*text) == 'i';
	size_t at = 3 + strspn(text + 3, "- ");
	size_t digits = strspn(text + at, "0123456789"), roman = icd ? 0 : strspn(text + at, "IVX");
	size_t edition = digits ? digits : roman;
	if (!edition || edition > 3 || isalnum((unsigned char)text[at + edition]))
		return 0;
	return at + edition;
}

static size_t digits_at(const char *text)
{
	return strspn(text, "0123456789");
}

// "F32.1" and "G40"; of a person also "296.32". A room or a motorway looks like a code without a decimal, so those count in texts about a person only.
static size_t code_length(const char *text, bool about_person)
{
	if (about_person && digits_at(text) == 3 && text[3] == '.' && digits_at(text + 4) == 2)
		return 6;
	bool letter = *text >= 'A' && *text <= 'Z' && (about_person || *text == 'F' || *text == 'G');
	if (!letter || digits_at(text + 1) != 2)
		return 0;
	if (text[3] == '.' && digits_at(text + 4) >= 1 && digits_at(text + 4) <= 2)
		return 4 + digits_at(text + 4);
	return about_person ? 3 : 0;
}

bool carved_privacy_find_diagnosis(const char *text, bool about_person, char ret_code[16])
{
	for (const char *at = text; *at; at++) {
		bool begins = at == text || (!isalnum((unsigned char)at[-1]) && at[-1] != '.' && at[-1] != '-');
		if (!begins)
			continue;
		size_t length = classification_length(at);
		if (!length)
			length = code_length(at, about_person);
		bool ends = !isalnum((unsigned char)at[length]) && !(at[length] == '.' && isalnum((unsigned char)at[length + 1]));
		if (length && length < 16 && ends) {
			memcpy(ret_code, at, length);
			ret_code[length] = '\0';
			return true;
		}
	}
	return false;
}

bool carved_privacy_check_text(const char *text, struct carved_error *error)
{
	char code[16];
	if (carved_privacy_has_citizen_number(text)) {
		carved_error_set(error, CARVED_CITIZEN_NUMBER);
		return false;
	}
	return !carved_privacy_find_diagnosis(text, true, code) || carved_fail(error, CARVED_DIAGNOSIS_IN_TEXT, "code", code);
}
