// SPDX-License-Identifier: EUPL-1.2
// The coach's page, from JSON to HTML.
#include "page_fixture.h"
#include <stdio.h>

static int set_up(void **state)
{
	*state = carved_alloc_array(1, sizeof(struct carved_buffer));
	return 0;
}

static int tear_down(void **state)
{
	carved_buffer_deinit(*state);
	free(*state);
	return 0;
}

static const char *make(void *page, enum carved_language language, const char *quoted)
{
	return page_make(page, carved_report_proposal, language, quoted);
}

#define HEAD                                                                                                                     \
	"{'proposal':'P-1','state':'offered','plan':'PL-1','documents':'as-of-plan','candidate':'K-1','site':'S-1','name':'De "  \
	"Linde',"                                                                                                                \
	"'employer':'EMP-1','kind':'carved','date':'2026-11-23','hours':6.5,"
#define FIT                                                                                                                      \
	"'fit':{'points':921,'comfort':{'points':700,'weight':30,'categories':[{'category':'d430','points':400},"                \
	"{'category':'d450','points':1000}]},'wish':{'points':1000,'weight':35,'liked':[{'wish':'care','label':'zorg'}],"        \
	"'avoided':[{'wish':'noise','label':'lawaai'}],'both':[]},'challenge':{'points':800,'weight':15,'challenge':'grow',"     \
	"'level':1,'wished':null},'setting':{'points':500,'weight':10,'company':'team','wished':'alone'},"                       \
	"'travel':{'points':666,'weight':10,'minutes':15,'most':45}}"
#define TASKS                                                                                                                    \
	"'tasks':[{'job':'a','jobTitle':'Kok','task':'t1','title':'Snijden','supervisor':'keuken','hours':4," FIT "},"           \
	"{'job':'b','jobTitle':'Hulp','task':'t2','title':'Afwas','part':'mon-pm','supervisor':'spoel','hours':2," FIT "},"      \
	"{'job':'b','jobTitle':'Hulp','task':'t2','title':'Afwas','part':'tue-pm','supervisor':'spoel','undone':true,"           \
	"'hours':0.5," FIT "}]"

// The page of these tasks, and more members of the JSON: ",'aids':[]".
#define PAGE_WITH(more) make(*state, CARVED_ENGLISH, HEAD TASKS more "}")

static void tasks_are_tiles_and_rows_by_the_job_that_they_come_from(void **state)
{
	const char *page = make(*state, CARVED_DUTCH, HEAD TASKS "}");
	EXPECT(page, "<h2 id=\"tasks-heading\">Het werk</h2>", "<title id=\"drawing-1-title\">", "<desc", "6,5 uur per week",
		"class=\"s0\"", ">1</text>", ">4 u</text>", ">Snijden</text>", "class=\"s1\"", ">2</text>", ">3</text>",
		"</figure>", "<table>", "aria-label=\"1: Snijden\"", "<data value=\"4\">4</data>", "<bdi>Kok</bdi>", "niet vast",
		"<bdi>keuken</bdi>", "aria-label=\"2: Afwas\"", "<data value=\"2\">2</data>", "maandagmiddag", "blijft nu liggen",
		"<data value=\"0.5\">0,5</data>", "dinsdagmiddag", "<data value=\"6.5\">6,5</data>", "</table>");
}

static void a_task_of_no_hours_has_a_row_and_no_tile(void **state)
{
	const char *page = make(*state, CARVED_ENGLISH,
		HEAD "'tasks':[{'job':'a','task':'none','hours':0},{'job':'a','task':'all','hours':6.5}]}");
	const char *table = EXPECT(page, "<figure", ">2</text>", "</figure>");
	EXPECT(table, "<bdi>none</bdi>", "<data value=\"0\">0</data>", "<bdi>all</bdi>");
	const char *tile = strstr(page, ">1</text>");
	assert_true(tile > table);
}

static void the_week_has_its_days_across_and_the_parts_that_are_worked_down(void **state)
{
	const char *page =
		PAGE_WITH(",'week':[{'day':'tue','hours':2.5,'parts':[{'part':'tue-pm','slots':[{'slot':0,'hours':2},"
			  "{'slot':2,'hours':0.5}]}]},{'day':'sat','hours':4,'parts':[{'part':'sat-ev','slots':[{'slot':1,'"
			  "hours':4}]}]}]");
	EXPECT(page, "id=\"week\"", ">Mon</th>", ">Sat</th>", "<tbody>", ">afternoon</th>", "<td></td><td><div class=\"block\"",
		"aria-label=\"1: Snijden\"", "<data value=\"2\">2</data> h", "<bdi>Snijden</bdi>", "aria-label=\"3: Afwas\"",
		"<data value=\"0.5\">0.5</data> h", ">evening</th>", "<data value=\"4\">4</data> h", "class=\"sum\"",
		"<data value=\"2.5\">2.5</data>", "<data value=\"4\">4</data>", "</table>");
	expect_none(page, ">Sun</th>");
	expect_none(page, ">morning</th>");
}

static void the_stripe_of_a_block_is_as_long_as_its_hours(void **state)
{
	const char *page =
		PAGE_WITH(",'week':[{'day':'tue','hours':2.5,'parts':[{'part':'tue-pm','slots':[{'slot':0,'hours':2},{'slot':1,'"
			  "hours':0.5}]}]}]");
	EXPECT(page, "<rect class=\"s0\" width=\"10\" height=\"2.8rem\">", "<rect class=\"s1\" width=\"10\" height=\"0.7rem\">");
}

static void a_build_up_is_a_staircase_whose_last_step_is_the_whole(void **state)
{
	const char *page = PAGE_WITH(
		",'steps':[{'week':0,'hours':2,'slots':[{'slot':1,'hours':2}],'schedule':[{'slot':1,'part':'mon-pm','hours':2}]},"
		"{'week':8,'hours':4,'slots':[{'slot':0,'hours':2},{'slot':1,'hours':2}],'schedule':[{'slot':0,'part':'tue-am','"
		"hours':2},"
		"{'slot':1,'part':'mon-pm','hours':2}]}]");
	EXPECT(page, "id=\"steps\"", "<desc", "from 2 to 6.5 hours", ">2 h</text>", ">week 0</text>", ">4 h</text>",
		">week 8</text>", ">6.5 h</text>", ">later</text>", "</figure>",
		"from week <data value=\"0\">0</data>: <data value=\"2\">2</data> hours", "aria-label=\"2: Afwas\"",
		"Monday afternoon <data value=\"2\">2</data>", "<data value=\"8\">8</data>", "aria-label=\"1: Snijden\"",
		"Tuesday morning <data value=\"2\">2</data>", "agreed on together");
}

static void a_long_build_up_is_drawn_in_part_and_told_whole(void **state)
{
	struct carved_buffer json = CARVED_BUFFER_INIT;
	carved_buffer_add_text(&json, HEAD TASKS ",'steps':[");
	for (int i = 0; i < 12; i++)
		carved_buffer_printf(
			&json, "%s{'week':%d,'hours':2,'slots':[{'slot':1,'hours':2}],'schedule':[]}", i ? "," : "", i * 4);
	carved_buffer_add_text(&json, "]}");
	const char *page = make(*state, CARVED_ENGLISH, json.data);
	EXPECT(page, ">week 16</text>", ">later</text>", "</figure>", "<data value=\"44\">44</data>");
	expect_none(page, ">week 20</text>");
	carved_buffer_deinit(&json);
}

static void nothing_is_said_of_what_is_not_there(void **state)
{
	const char *page = make(*state, CARVED_ENGLISH,
		HEAD "'tasks':[],'week':[],'steps':[],'donors':[],'aids':[],'conditions':[],'risks':[],'questions':[]}");
	static const char *const sections[] = {"week", "steps", "donors", "aids", "conditions", "risks", "questions", "levels"};
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		char id[40];
		snprintf(id, sizeof id, "<section id=\"%s\"", sections[i]);
		expect_none(page, id);
	}
	expect_none(page, "class=\"notice");
}

static void donors_have_what_is_taken_over_what_others_take_and_what_stays(void **state)
{
	const char *page =
		PAGE_WITH(",'donors':[{'job':'a','jobTitle':'Kok','incumbents':3,'before':40,'carved':4,'left':30,'slots':[0]},"
			  "{'vacancy':'b','jobTitle':'Hulp','before':20,'carved':2,'left':18,'slots':[1,2]}]");
	EXPECT(page, "id=\"donors\"", "<bdi>Kok</bdi>", "aria-label=\"1: Snijden\"", "class=\"stays\" x=\"25.000%\"",
		"width=\"75.000%\"", "class=\"others\" x=\"10.000%\"", "width=\"15.000%\"", "class=\"s0\" x=\"0.000%\"",
		"width=\"10.000%\"", "<data value=\"40\">40</data>", "<data value=\"4\">4</data>", "<data value=\"30\">30</data>",
		"<data value=\"3\">3</data>", "<bdi>Hulp</bdi>", "aria-label=\"2: Afwas\"", "class=\"s1\" x=\"0.000%\"",
		"width=\"5.000%\"", "\u2013</td>");
	EXPECT(page, "left undone today is not taken");
}

static void aids_name_the_tasks_that_need_them(void **state)
{
	const char *page = PAGE_WITH(",'aids':[{'aid':'lift','label':'a lift','slots':[0,2],'text':'it must be there'}]");
	EXPECT(page, "id=\"aids\"", "<bdi>a lift</bdi>", "aria-label=\"1: Snijden\"", "aria-label=\"3: Afwas\"",
		"<bdi>it must be there</bdi>");
}

static void conditions_are_ticked_off_with_the_day_since_when_they_are_met(void **state)
{
	const char *page =
		PAGE_WITH(",'conditions':[{'condition':'staff-agreed','met':true,'since':'2026-09-01','text':'Agreed'},"
			  "{'condition':'x','met':false,'since':null,'text':'To do'}]");
	EXPECT(page,
		"<li class=\"done\"><strong>met</strong>: <bdi>Agreed</bdi> (since <time datetime=\"2026-09-01\">1 September "
		"2026</time>)",
		"<li><strong>open</strong>: <bdi>To do</bdi></li>");
}

static void the_head_has_the_figures_and_what_to_know_before_reading_on(void **state)
{
	const char *page = make(*state, CARVED_ENGLISH,
		"{'proposal':'P-1','state':'offered','documents':'newest','candidate':'K-1','site':'S-1','name':'','employer':'"
		"EMP-1','kind':'vacancy',"
		"'date':'2026-11-23','hours':16,'value':33840,'week':[{'day':'mon','hours':16,'parts':[]}],'travel':{'mode':'"
		"walk','minutes':12},"
		"'support':{'coach':'C-2','coachHours':0.5,'buddyHours':1.25},'jobs':{'used':2},'review':{'since':'2026-01-31'},"
		"'consent':{'expires':'2027-01-01','shareWithEmployer':false}}");
	EXPECT(page, "<bdi>P-1</bdi>", "23 November 2026", "offered", "<h1>whole vacancy at <bdi>S-1</bdi></h1>",
		"<bdi>K-1</bdi>", "<bdi>C-2</bdi>", "<bdi>EMP-1</bdi>", "<data value=\"16\">16</data>",
		"<data value=\"1\">1</data> days", "<data value=\"12\">12</data> min", "on foot",
		"<data value=\"0.5\">0.5</data>", "<data value=\"1.25\">1.25</data>", "<data value=\"2\">2</data>",
		"<data value=\"33840\">33,840</data>", "class=\"notice warn\">Explained from the documents of today",
		"31 January 2026", "has not consented", "1 January 2027");
}

static void risks_name_the_rule_and_who_agreed_when(void **state)
{
	const char *page =
		PAGE_WITH(",'risks':[{'slot':1,'rule':'capacity','category':'d430','reason':'Went <well>','agreed':'2026-11-02'},"
			  "{'slot':0,'rule':'never','reason':'Once','agreed':'2026-11-03'}]");
	EXPECT(page, "id=\"risks\"", "aria-label=\"2: Afwas\"", "<bdi>d430</bdi>", "2 November 2026",
		"<bdi>Went &lt;well&gt;</bdi>", "aria-label=\"1: Snijden\"", "3 November 2026", "<bdi>Once</bdi>",
		"id=\"tasks\"");
}

static void what_is_asked_stands_beside_what_somebody_can_and_surroundings_apart(void **state)
{
	const char *page =
		PAGE_WITH(",'aids':[{'aid':'lift','label':'a lift','slots':[0]}],'categories':["
			  "{'category':'d430','label':'lifting','rule':'capacity','demand':2,'basis':'stated','statedAt':'d430',"
			  "'capacity':0,'margin':1,"
			  "'aid':'lift','aidedCapacity':3,'uses':[{'slot':0,'demand':2},{'slot':1,'demand':1}]},"
			  "{'category':'e250','label':'noise','rule':'environment','demand':3,'basis':'not-stated','statedAt':"
			  "null,'capacity':4,'margin':1,"
			  "'aid':null,'uses':[{'slot':2,'demand':3}]},"
			  "{'category':'d4300','label':'lifting "
			  "up','rule':'capacity','demand':1,'basis':'from-ancestor','statedAt':'d430','capacity':1,"
			  "'margin':0,'aid':null,'uses':[{'slot':2,'demand':1}]},"
			  "{'category':'b140','label':'attention','rule':'capacity','demand':1,'basis':'unknown','statedAt':'"
			  "b140','why':'not-assessed',"
			  "'capacity':null,'margin':null,'aid':null,'uses':[{'slot':2,'demand':1}]}]");
	const char *apart = EXPECT(page, "id=\"levels\"", "<bdi>lifting</bdi>", "<bdi>d430</bdi>",
		"with <bdi>a lift</bdi>: <data value=\"3\">3</data>", "class=\"asks\" x=\"0.000%\" y=\"2\" width=\"50.000%\"",
		"class=\"can\" x=\"0.000%\" y=\"14\" width=\"0.000%\"", "class=\"aided\" x=\"0.000%\" y=\"14\" width=\"75.000%\"",
		"<data value=\"2\">2</data>", "<data value=\"0\">0</data>", "<data value=\"1\">1</data>",
		"aria-label=\"1: Snijden\"", "asks <data value=\"1\">1</data>:", "aria-label=\"2: Afwas\"",
		"<bdi>lifting up</bdi>", "just enough", "broader: <bdi>d430</bdi>", "width=\"25.000%\"", "<bdi>attention</bdi>",
		"to ask", "not assessed: <bdi>b140</bdi>", "class=\"unknown\"", ">?</td>", "\u2013</td>",
		"<h3>What the surroundings bring</h3>");
	EXPECT(apart, "<bdi>noise</bdi>", "not named, so no hindrance", "width=\"75.000%\"", "width=\"100.000%\"",
		"aria-label=\"3: Afwas\"");
}

static void a_rule_that_was_overruled_is_marked(void **state)
{
	const char *page =
		PAGE_WITH(",'categories':[{'category':'d430','label':'lifting','rule':'capacity','demand':3,'basis':'stated','"
			  "statedAt':'d430',"
			  "'capacity':2,'margin':-1,'aid':null,'uses':[{'slot':0,'demand':3}]}]");
	EXPECT(page, "<bdi>lifting</bdi>", "class=\"tag bad\">overruled", "<data value=\"-1\">\u22121</data>");
}

static void what_fits_equally_well_is_told_once_with_every_part_of_it(void **state)
{
	const char *page = PAGE_WITH(
		",'categories':[{'category':'d430','label':'lifting','rule':'capacity','demand':1,'basis':'stated','uses':[]}]");
	const char *rows = EXPECT(page, "id=\"fits\"", "class=\"weights\"", "<data value=\"30\">30</data>%",
		"<data value=\"15\">15</data>%", "wished: level not stated", "wished: alone",
		"<data value=\"15\">15</data> of at most <data value=\"45\">45</data> min", "</tr>");
	const char *end =
		EXPECT(rows, "aria-label=\"1: Snijden\"", "<data value=\"921\">921</data>", "<data value=\"700\">700</data>",
			"<bdi>lifting</bdi>: <data value=\"400\">400</data>", "<data value=\"1000\">1000</data>",
			"likes: <bdi>zorg</bdi>", "avoids: <bdi>lawaai</bdi>", "<data value=\"800\">800</data>",
			"level <data value=\"1\">1</data>", "<data value=\"500\">500</data>", ">team</small>",
			"<data value=\"666\">666</data>", "aria-label=\"2: Afwas\"", "aria-label=\"3: Afwas\"", "</table>");
	const char *again = strstr(strstr(rows, "2: Afwas") + 1, "2: Afwas");
	assert_true(!again || again > end);
	expect_none(page, "<bdi>d450</bdi>");
}

static void bounds_have_what_is_used_of_what_there_may_be(void **state)
{
	const char *page = PAGE_WITH(
		",'wished':{'min':4,'max':8,'perDay':6,'perVisit':2},'week':[{'day':'mon','hours':6.5,'parts':[]}],"
		"'travel':{'mode':'car','minutes':15,'most':45},'jobs':{'used':2,'most':3},'supervisors':{'names':['keuken','"
		"spoel'],'most':null},"
		"'support':{'coach':'C-1','coachHours':0.5,'coachSteps':[{'week':8,'hours':0.25}],'hoursOfCoach':null,'"
		"buddyHours':1,"
		"'hoursOfBuddies':9},'limits':[{'category':'d415','label':'standing','demand':2,'most':4,'used':3}],"
		"'musts':[{'wish':'care','label':'zorg','slot':1}],"
		"'availability':[{'part':'mon-am','available':4,'used':3.5},{'part':'sun-ev','available':3,'used':0}]");
	EXPECT(page, "id=\"bounds\"", "hours a week", "width=\"81.250%\"", "class=\"least\" x1=\"50.000%\"",
		"<data value=\"6.5\">6.5</data>", "<data value=\"4\">4</data>", "<data value=\"8\">8</data>", "minutes of travel",
		"<data value=\"15\">15</data>", "<data value=\"45\">45</data>", "<bdi>keuken</bdi>, <bdi>spoel</bdi>",
		"<data value=\"2\">2</data>", "<bdi>standing</bdi>", "<bdi>d415</bdi>", "<data value=\"3\">3</data>",
		"<data value=\"0.5\">0.5</data>", "<data value=\"9\">9</data>",
		"from week <data value=\"8\">8</data>: <data value=\"0.25\">0.25</data>",
		"<li class=\"done\"><bdi>zorg</bdi>: ", "aria-label=\"2: Afwas\"", ">Sun</th>", ">morning</th>",
		"<td class=\"taken\"><data value=\"3.5\">3.5</data> of <data value=\"4\">4</data></td>", "<td>\u2013</td>",
		">evening</th>", "<td><data value=\"0\">0</data> of <data value=\"3\">3</data></td>",
		"<data value=\"6.5\">6.5</data>", "at least <data value=\"2\">2</data>", "<data value=\"6\">6</data>");
}

static void points_grow_to_the_right_or_the_left_and_end_with_their_sum(void **state)
{
	const char *page =
		PAGE_WITH(",'value':11000,'aids':[{'aid':'lift','label':'a "
			  "lift'}],'questions':[{'category':'b140','label':'attention','text':'?'}],"
			  "'parts':{'place':12000,'fit':0,'jobs':0,'aids':-800,'unknown':-200},'points':["
			  "{'part':'place','line':'base','priority':1000,'points':12000},{'part':'place','line':'waiting','"
			  "months':0,'points':0},"
			  "{'part':'place','line':'options','options':11,'points':0},{'part':'fit','line':'task','slot':0,'"
			  "hours':4,'points':0},"
			  "{'part':'aids','line':'aid','aid':'lift','points':-800},{'part':'unknown','line':'question','"
			  "category':'b140','points':-200}]");
	EXPECT(page, "id=\"points\"", "class=\"part\"", "class=\"plus\" x=\"6.250%\"", "width=\"93.750%\"",
		"<data value=\"12000\">12,000</data>", "what everybody has", "class=\"line\"",
		"sites that would do: <data value=\"11\">11</data>", "class=\"minus\" x=\"0.000%\"", "width=\"6.250%\"",
		"<data value=\"-800\">\u2212800</data>", "<bdi>a lift</bdi>", "<bdi>attention</bdi>",
		"<data value=\"-200\">\u2212200</data>", "class=\"sum\"", "<data value=\"11000\">11,000</data>",
		"No points from:", "how well the tasks fit", "number of donor jobs");
	expect_none(page, "months of waiting");
}

static void long_titles_stand_once_for_eyes_and_everywhere_for_screen_readers(void **state)
{
	const char *page = make(*state, CARVED_ENGLISH,
		HEAD "'tasks':[{'job':'a','task':'t','title':'A title that is so long that a calendar would be filled by it "
		     "alone','hours':6.5," FIT "}],"
		     "'week':[{'day':'mon','hours':6.5,'parts':[{'part':'mon-am','slots':[{'slot':0,'hours':6.5}]}]}]}");
	const char *behind = EXPECT(page, "</figure>", "<bdi>A title", "</table>");
	EXPECT(behind, "class=\"block\"", "<span class=\"title long\"><bdi>A title");
}

static void words_of_documents_cannot_become_markup(void **state)
{
	const char *page = make(*state, CARVED_DUTCH,
		"{'proposal':'<b>','candidate':'<i>','site':'&','name':'<script>alert(1)</"
		"script>','tasks':[{'job':'<u>','jobTitle':'</td>',"
		"'task':'t','title':'<img src=x>','supervisor':'\\u202e<s>','hours':1}]}");
	expect_none(page, "<script");
	expect_none(page, "<img");
	expect_none(page, "\u202e");
	EXPECT(page, "&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x&gt;", "&lt;/td&gt;", "&lt;s&gt;");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(tasks_are_tiles_and_rows_by_the_job_that_they_come_from),
		T(a_task_of_no_hours_has_a_row_and_no_tile),
		T(the_week_has_its_days_across_and_the_parts_that_are_worked_down),
		T(the_stripe_of_a_block_is_as_long_as_its_hours),
		T(a_build_up_is_a_staircase_whose_last_step_is_the_whole),
		T(a_long_build_up_is_drawn_in_part_and_told_whole),
		T(nothing_is_said_of_what_is_not_there),
		T(donors_have_what_is_taken_over_what_others_take_and_what_stays),
		T(aids_name_the_tasks_that_need_them),
		T(conditions_are_ticked_off_with_the_day_since_when_they_are_met),
		T(the_head_has_the_figures_and_what_to_know_before_reading_on),
		T(risks_name_the_rule_and_who_agreed_when),
		T(what_is_asked_stands_beside_what_somebody_can_and_surroundings_apart),
		T(a_rule_that_was_overruled_is_marked),
		T(what_fits_equally_well_is_told_once_with_every_part_of_it),
		T(bounds_have_what_is_used_of_what_there_may_be),
		T(points_grow_to_the_right_or_the_left_and_end_with_their_sum),
		T(long_titles_stand_once_for_eyes_and_everywhere_for_screen_readers),
		T(words_of_documents_cannot_become_markup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
