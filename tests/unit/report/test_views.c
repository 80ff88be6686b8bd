// SPDX-License-Identifier: EUPL-1.2
// The employer's and the candidate's pages: what is said, and what is left out, by what their JSON has.
#include "page_fixture.h"

#define TASKS                                                                                                                    \
	"'tasks':["                                                                                                              \
	"{'job':'care','jobTitle':'Carer','task':'meals','title':'Meals','part':'mon-pm','supervisor':"                          \
	"'team-a','undone':false,'hours':2,'relief':4,'company':'team'},"                                                        \
	"{'job':'care','jobTitle':'Carer','task':'meals','title':'Meals','part':'tue-pm','supervisor':"                          \
	"'team-a','undone':false,'hours':2,'relief':4,'company':'team'},"                                                        \
	"{'job':'yard','jobTitle':'Gardener','task':'walk','title':'<b>Walk','supervisor':'team-b',"                             \
	"'undone':true,'hours':3,'relief':0,'company':'alone'}],"
#define WEEK                                                                                                                     \
	"'week':[{'day':'mon','hours':2,'parts':[{'part':'mon-pm','hours':2,'slots':[{'slot':0,'hours':2}"                       \
	"]}]}],'steps':[],"
#define HEAD(reader, state) "{'proposal':'P-1','for':'" reader "','state':'" state "','site':'S-1','name':'Site',"

#define EMPLOYER(kind, buddy, donors)                                                                                            \
	HEAD("employer", "proposed")                                                                                             \
	"'employer':'EMP-1','kind':'" kind "','hours':7," TASKS WEEK "'buddyHours':" buddy ",'aids':[],"                         \
	"'donors':[" donors "],'conditions':[],'contact':{'coach':'C-1'}}"
#define CARER                                                                                                                    \
	"{'job':'care','jobTitle':'Carer','incumbents':3,'before':90,'carved':4,'freedEach':1.33,'left':86,"                     \
	"'slots':[0,1]}"
#define GARDENER                                                                                                                 \
	"{'job':'yard','jobTitle':'Gardener','incumbents':2,'before':40,'carved':0,'freedEach':0,'left':40,"                     \
	"'slots':[2]}"

#define CANDIDATE(state, more, shares)                                                                                           \
	HEAD("candidate", state)                                                                                                 \
	"'kind':'carved','hours':7," TASKS WEEK "'support':{'coach':'C-1','coachHours':0,'buddyHours':0},"                       \
	"'travel':{'mode':'walk','minutes':12},"                                                                                 \
	"'fits':[{'fact':'like','label':'care','slots':[0,1],'text':'-'},"                                                       \
	"{'fact':'travel','minutes':12,'most':30,'mode':'walk','slots':[],'text':'-'}]," more                                    \
	"'aids':[],'conditions':[],'consent':{'expires':'2027-04-01','shareWithEmployer':" shares "}}"
#define NO_MORE "'differs':[],'questions':[],"

static void expect(const char *json, enum carved_language language, const char *const *said, const char *const *unsaid)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	const char *page = page_make(&buffer, carved_report_proposal, language, json);
	for (; said && *said; said++)
		EXPECT(page, *said);
	for (; unsaid && *unsaid; unsaid++)
		expect_none(page, *unsaid);
	carved_buffer_deinit(&buffer);
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static void an_employer_reads_who_is_freed_from_what_and_what_is_nobodys_work_today(void **state)
{
	(void)state;
	expect(EMPLOYER("carved", "1.5", CARER "," GARDENER), CARVED_ENGLISH,
		LIST("<li><bdi>Carer</bdi>: together <data value=\"3\">3</data> people have <data value=\"4\">4</data> h a "
		     "week less of "
		     "this work. That is <data value=\"1.33\">1.33</data> h each, on average.</li>",
			"<li><bdi>Gardener</bdi>: this work is left undone now.", "<td>your people</td><td>very much</td>",
			"<td>nobody: it is left undone</td><td>\u2013</td>",
			"<li>A colleague has <data value=\"1.5\">1.5</data> h"),
		NULL);
}

static void a_task_with_fixed_times_is_told_once_where_it_is_about_relief(void **state)
{
	struct carved_buffer page = CARVED_BUFFER_INIT;
	(void)state;
	page_make(&page, carved_report_proposal, CARVED_DUTCH, EMPLOYER("carved", "0", CARER));
	const char *relief = strstr(page.data, "<section id=\"relief\""), *first = strstr(relief, "<th scope=\"row\"><bdi>Meals"),
		   *end = strstr(relief, "</section>"), *second = strstr(first + 1, "<th scope=\"row\"><bdi>Meals");
	assert_true(first && first < end);
	assert_true(!second || second > end);
	carved_buffer_deinit(&page);
}

static void what_is_not_needed_is_not_agreed_on(void **state)
{
	(void)state;
	expect(EMPLOYER("vacancy", "0", ""), CARVED_DUTCH,
		LIST("<h1>Uw vacature bij <bdi>Site</bdi></h1>", "Begeleiding door een collega is bij dit werk niet nodig."),
		LIST("Een collega heeft", "De mensen van wie de taken komen, weten ervan", "Wat er moet zijn, staat klaar"));
}

static void a_candidate_reads_each_fact_with_its_figures_and_the_tasks_that_it_is_about(void **state)
{
	(void)state;
	expect(CANDIDATE("proposed", NO_MORE, "true"), CARVED_DUTCH,
		LIST("<li>U wilt graag: <bdi>care</bdi>. Het zit in dit werk. <span class=\"note\">Bij: "
		     "<bdi>Meals</bdi></span></li>",
			"<li>U wilt hooguit <data value=\"30\">30</data> minuten reizen. Hier reist u ongeveer <data "
			"value=\"12\">12</data> "
			"minuten, te voet.</li>",
			"<li>U werkt in een team. <span class=\"note\">Bij: <bdi>Meals</bdi></span></li>",
			"Uw coach is <bdi>C-1</bdi>.", "&lt;b&gt;Walk"),
		LIST("<section id=\"differs\"", "<section id=\"questions\"", "Een collega helpt u",
			"hooguit <data value=\"0\">"));
}

static void questions_that_are_answered_alike_are_asked_once(void **state)
{
	(void)state;
	expect(CANDIDATE("offered",
		       "'differs':[],'questions':[{'question':'capacity','label':'lezen','text':'-'},{"
		       "'question':'capacity',"
		       "'label':'lopen','text':'-'},{'question':'review','text':'-'}],",
		       "true"),
		CARVED_DUTCH,
		LIST("of gaat het niet?</p><ul><li><bdi>lezen</bdi></li><li><bdi>lopen</bdi></li></ul>",
			"<p>Wij hebben lang niet gepraat"),
		LIST("last van deze dingen"));
}

static void what_is_decided_is_not_asked_again(void **state)
{
	(void)state;
	expect(CANDIDATE("proposed", NO_MORE, "false"), CARVED_DUTCH,
		LIST("Zonder uw ja gebeurt er niets.", "<li>U zegt ja of nee.</li>",
			"Wij praten nog niet met de werkgever over u."),
		LIST("<time"));
	expect(CANDIDATE("accepted", NO_MORE, "true"), CARVED_DUTCH,
		LIST("<li class=\"done\">U hebt ja gezegd.</li>", "<time datetime=\"2027-04-01\">1 april 2027</time>"),
		LIST("Zegt u nee?", "U zegt ja of nee."));
	expect(CANDIDATE("declined", NO_MORE, "true"), CARVED_DUTCH, LIST("Dit voorstel gaat niet door, of is voorbij."),
		LIST("<section id=\"arrange\"", "U zegt ja of nee."));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_employer_reads_who_is_freed_from_what_and_what_is_nobodys_work_today),
		cmocka_unit_test(a_task_with_fixed_times_is_told_once_where_it_is_about_relief),
		cmocka_unit_test(what_is_not_needed_is_not_agreed_on),
		cmocka_unit_test(a_candidate_reads_each_fact_with_its_figures_and_the_tasks_that_it_is_about),
		cmocka_unit_test(questions_that_are_answered_alike_are_asked_once),
		cmocka_unit_test(what_is_decided_is_not_asked_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
