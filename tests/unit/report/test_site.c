// SPDX-License-Identifier: EUPL-1.2
#include "page_fixture.h"

static const char role[] =
	"{'kind':'carved','count':1,'hours':12,'value':39999,'slots':[{'job':'kas','task':'water','part':'mon-am','hours':3},"
	"{'job':'kas','task':'blad','hours':9}],'schedule':[{'slot':0,'part':'mon-am','hours':3},{'slot':1,'part':'tue-pm',"
	"'hours':9}],'donors':[{'job':'kas','before':112,'carved':3,'left':109}],'conditions':['staff-agreed'],"
	"'aids':[{'aid':'cards','label':'work <cards>','candidates':{'fewerThan':5}}],'asks':{'demands':{'d430':2},"
	"'exposures':{'e250':2},'requires':['vca'],'requiresLabels':['VCA'],'parts':['mon-am']},"
	"'candidates':{'all':{'count':23},'targetGroup':{'moreThan':18},'coaching':{'fewerThan':5}},'buddyHours':1.5}";

static const char answer[] =
	"{'site':'S-3','date':'2026-11-23','value':39999,'bound':40000,'gap':0.1,'candidates':{'count':31},'roles':[%s],"
	"'name':%s,'employer':'EMP-3','place':'8219','hours':12,'places':{'all':3,'used':1},'supervision':{'hours':7,"
	"'expected':%s},'displacement':{'recentDismissals':%s,'staffAgreed':%s},'facilities':[],'jobs':[{'ref':'kas',"
	"'title':'Verkoper <b>','incumbents':4,'hours':112,'mayGive':28,'taken':3,'left':109,'undone':9,"
	"'tasks':[{'ref':'water','title':'Water geven','hours':15,'undone':false,'supervisor':null,'taken':3},{'ref':'blad',"
	"'title':null,'hours':9,'undone':true,'supervisor':null,'taken':9}]},{'ref':'chef','title':'Bedrijfsleider',"
	"'incumbents':1,'hours':38,'mayGive':0,'taken':0,'left':38,'undone':0,'tasks':[]}],'vacancies':[]}";

struct given {
	const char *roles, *name, *expected, *dismissals, *agreed;
};

static const struct given usual = {role, "'Tuincentrum & Co'", "1.5", "false", "null"};

static void make(struct carved_buffer *page, const struct given *given, enum carved_language language)
{
	struct carved_buffer json = CARVED_BUFFER_INIT;
	carved_buffer_printf(&json, answer, given->roles, given->name, given->expected, given->dismissals, given->agreed);
	page_make(page, carved_report_site, language, json.data);
	carved_buffer_deinit(&json);
}

static void expect(const struct given *given, enum carved_language language, const char *text)
{
	struct carved_buffer page = CARVED_BUFFER_INIT;
	make(&page, given, language);
	EXPECT(page.data, text);
	carved_buffer_deinit(&page);
}

static void refuse(const struct given *given, const char *text)
{
	struct carved_buffer page = CARVED_BUFFER_INIT;
	make(&page, given, CARVED_ENGLISH);
	expect_none(page.data, text);
	carved_buffer_deinit(&page);
}

static void it_tells_the_site_the_roles_and_the_jobs(void **state)
{
	(void)state;
	expect(&usual, CARVED_ENGLISH, "<h1>What could be carved at <bdi>Tuincentrum &amp; Co</bdi></h1>");
	expect(&usual, CARVED_ENGLISH, "<data value=\"1\">1</data> of <data value=\"3\">3</data>");
	expect(&usual, CARVED_DUTCH, "meer dan <data value=\"18\">18</data>");
	expect(&usual, CARVED_DUTCH, "minder dan <data value=\"5\">5</data>");
	expect(&usual, CARVED_DUTCH, "<data value=\"1.5\">1,5</data> uur per week");
	expect(&usual, CARVED_ENGLISH, "<bdi>work &lt;cards&gt;</bdi>");
	expect(&usual, CARVED_ENGLISH, "Required: <bdi>VCA</bdi>");
	expect(&usual, CARVED_ENGLISH, "at fixed times");
	expect(&usual, CARVED_ENGLISH,
		"The <data value=\"4\">4</data> people in this job work <data value=\"112\">112</data> hours a week "
		"together.");
	expect(&usual, CARVED_ENGLISH, "Another <data value=\"9\">9</data> hours are work that is left undone today.");
}

static void it_tells_no_points_and_nothing_that_work_asks_of_people(void **state)
{
	(void)state;
	refuse(&usual, "39999");
	refuse(&usual, "39,999");
	refuse(&usual, "d430");
	refuse(&usual, "e250");
	refuse(&usual, "lifting");
}

static void what_is_not_agreed_on_is_asked_and_what_is_is_ticked(void **state)
{
	(void)state;
	const struct given agreed = {"", usual.name, "0", "false", "'2026-09-12'"},
			   dismissed = {"", usual.name, "0", "true", "null"};
	expect(&usual, CARVED_ENGLISH, "<li>Does the team agree?");
	expect(&agreed, CARVED_ENGLISH,
		"<li class=\"done\">The team has agreed, on <time datetime=\"2026-09-12\">12 September 2026</time>.");
	refuse(&agreed, "Does the team agree?");
	expect(&dismissed, CARVED_ENGLISH, "<li>People were dismissed here");
	expect(&agreed, CARVED_ENGLISH, "Could anything be taken over of this job: <bdi>Bedrijfsleider</bdi>?");
	refuse(&dismissed, "Could anything be taken over");
}

static void of_few_people_no_more_is_told_than_that_they_are_few(void **state)
{
	(void)state;
	const struct given few = {
		"{'kind':'vacancy','count':2,'hours':4,'slots':[],'schedule':[],'conditions':[],'aids':[],"
		"'asks':{'requiresLabels':[]},'candidates':{'all':{'fewerThan':5},'targetGroup':{'fewerThan':5},"
		"'coaching':{'fewerThan':5}},'buddyHours':null}",
		usual.name, "null", "false", "null"};
	expect(&few, CARVED_ENGLISH,
		"whole vacancy of <data value=\"4\">4</data> hours a week, for <data value=\"2\">2</data> people</h3>");
	expect(&few, CARVED_ENGLISH, "fewer than <data value=\"5\">5</data>");
	refuse(&few, "banenafspraak");
	expect(&few, CARVED_ENGLISH, "to be talked over for each person");
}

static void guidance_that_is_not_told_is_to_be_talked_over(void **state)
{
	(void)state;
	const struct given untold = {usual.roles, usual.name, "null", "false", "null"};
	expect(&usual, CARVED_ENGLISH, "these roles usually take <data value=\"1.5\">1.5</data>.");
	refuse(&untold, "usually take");
}

static void a_site_without_a_role_says_so_and_one_without_a_name_is_its_ref(void **state)
{
	(void)state;
	const struct given none = {"", "null", "0", "false", "null"};
	expect(&none, CARVED_ENGLISH, "<h1>What could be carved at <bdi>S-3</bdi></h1>");
	expect(&none, CARVED_ENGLISH, "No role can be made here");
	refuse(&none, "id=\"roles\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_tells_the_site_the_roles_and_the_jobs),
		cmocka_unit_test(it_tells_no_points_and_nothing_that_work_asks_of_people),
		cmocka_unit_test(what_is_not_agreed_on_is_asked_and_what_is_is_ticked),
		cmocka_unit_test(of_few_people_no_more_is_told_than_that_they_are_few),
		cmocka_unit_test(guidance_that_is_not_told_is_to_be_talked_over),
		cmocka_unit_test(a_site_without_a_role_says_so_and_one_without_a_name_is_its_ref),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
