/* test_correlations_table.c - correlations of construct scores against numbers that R computed, and what the
 * table says where there is nothing to compute.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis_run.h"
#include "survey_file.h"

#include <math.h>

#define NUMBERS 9 /* three methods, each with two ends */
#define ALL_COLUMNS \
    "n,pearson,pearson_low,pearson_high,spearman,spearman_low,spearman_high,kendall," \
    "kendall_low,kendall_high\n"

/* One row: the labels one after the other, n, and the numbers in the order of the columns. */
struct expected {
    const char *labels;
    int64_t n;
    double numbers[NUMBERS];
};

/* ---- the responses of the reference ---------------------------------------------------------- */

static const char *const reference_items[] = {
    "G1",  "G2",   "G3",  "C1",  "C2",  "C3",  "C4",  "CP1", "CP2", "CP3", "CP4", "CA1",
    "CA2", "CA3r", "CA4", "CA5", "CA6", "CA7", "RM1", "RM2", "RM3", "RM4", "RM5"};

/* Opens the responses in `file`, under the questionnaire that belongs to them. */
static struct fixture open_reference(const char *file)
{
    npt__buffer study = {0};
    npt__buffer_print(&study, "<study xmlns=\"urn:nptkit:study:1\"><survey file=\"%s\" ", file);
    npt__buffer_print(&study, "instrument=\"%s\" agree=\"5\">\n",
                      fixture_beside("tests/data/survey_ref.xml"));
    npt__buffer_puts(&study,
                     "<column name=\"respondent_id\" as=\"id\"/>\n"
                     "<column name=\"site\" as=\"site\"/><column name=\"role\" as=\"role\"/>"
                     "<column name=\"wave\" as=\"wave\"/>\n");
    for (size_t i = 0; i < sizeof reference_items / sizeof *reference_items; i++)
        npt__buffer_print(&study, "<column name=\"%s\" item=\"%s\"/>\n", reference_items[i],
                          reference_items[i]);
    npt__buffer_puts(&study, "</survey></study>\n");
    fixture_write_text("study.xml", npt__buffer_string(&study));
    npt__buffer_release(&study);
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    return opened;
}

static struct fixture open_plain_reference(void)
{
    npt__buffer path = {0}; /* fixture_beside() lends its own until the next call */
    npt__buffer_puts(&path, fixture_beside("tests/data/survey_ref.csv"));
    struct fixture opened = open_reference(npt__buffer_string(&path));
    npt__buffer_release(&path);
    return opened;
}

static void expect_number(const struct npt_cell *cell, double expected)
{
    assert_int_equal(cell->kind, NPT_CELL_NUMBER);
    if (!(fabs(cell->number - expected) <= 1e-10 * fabs(expected)))
        fail_msg("%.17g, not %.17g", cell->number, expected);
}

static void expect_row(const npt_table *table, size_t index, const struct expected *expected)
{
    const struct npt_cell *row = npt_table_row(table, index);
    const size_t n = npt_table_find_column(table, "n");
    npt__buffer labels = {0};
    for (size_t i = 0; i < n; i++)
        npt__buffer_print(&labels, "%s%s", i ? ", " : "",
                          row[i].kind == NPT_CELL_TOTAL ? "Total" : row[i].text);
    assert_string_equal(npt__buffer_string(&labels), expected->labels);
    npt__buffer_release(&labels);
    assert_int_equal(row[n].count, expected->n);
    for (size_t i = 0; i < NUMBERS; i++)
        expect_number(&row[n + 1 + i], expected->numbers[i]);
}

/* R 4.2: x and y are rowMeans(items, na.rm = TRUE) where at least half of the items are answered, with CA3r as
   6 - CA3r, "Not relevant ..." and blanks as NA; only rows where both are there; n of them.
   cor.test(x, y)$estimate, $conf.int;
   r <- cor(x, y, method = "spearman"), tanh(atanh(r) + c(-1, 1) * qnorm(.975) * sqrt((1 + r^2 / 2) / (n - 3)));
   r <- cor(x, y, method = "kendall"), tanh(atanh(r) + c(-1, 1) * qnorm(.975) * sqrt(.437 / (n - 4))) */
static const struct expected all_pairs[] = {
    {"Coherence, Cognitive participation",
     150,
     {0.3562061797127, 0.2078075877763, 0.4885767426759, 0.3766616382438, 0.2249587406849,
      0.5105357850771, 0.2745462456287, 0.1727938356294, 0.3705005094998}},
    {"Coherence, Collective action",
     150,
     {0.2348484204334, 0.07750392220665, 0.3807785221113, 0.2526979541675, 0.09380064379364,
      0.3990413582865, 0.1858143085206, 0.08059405656856, 0.2869388894157}},
    {"Coherence, Reflexive monitoring",
     150,
     {0.4590474025057, 0.322512347704, 0.5768699681331, 0.4797360087997, 0.3380934215765,
      0.6001261435276, 0.3594916574436, 0.2627620119294, 0.4490670271332}},
    {"Coherence, General 1",
     146,
     {0.298843643601, 0.1433546492608, 0.4399346665417, 0.2973831202849, 0.1382700288068,
      0.4415312874097, 0.224471112972, 0.1190632658104, 0.3248755096434}},
    {"Coherence, General 2",
     146,
     {0.388116633569, 0.2408538222024, 0.5179112718901, 0.3612009948927, 0.2061092665816,
      0.4985902534837, 0.2772611131806, 0.1741893110402, 0.3743232854906}},
    {"Coherence, General 3",
     147,
     {0.3357187997203, 0.183816027129, 0.471960729049, 0.3363212618403, 0.1800683475418,
      0.4760190261976, 0.2527621526453, 0.1488980538044, 0.3511099902052}},
    {"Cognitive participation, Collective action",
     150,
     {0.3010317062022, 0.1479057137403, 0.4400629244244, 0.2939643756198, 0.1369241400807,
      0.4365905628061, 0.2049608301237, 0.1003376764709, 0.3051009172525}},
    {"Cognitive participation, Reflexive monitoring",
     150,
     {0.3536857123609, 0.2050466858578, 0.4863782438327, 0.3516258387929, 0.1980679412794,
      0.4883373818392, 0.2523489505263, 0.1495605526735, 0.349741296468}},
    {"Cognitive participation, General 1",
     146,
     {0.4307492266952, 0.2884876237876, 0.5544034951723, 0.4232132386078, 0.2733842419914,
      0.5529926395961, 0.3237487369467, 0.22327500888, 0.4174153693535}},
    {"Cognitive participation, General 2",
     146,
     {0.3918187407451, 0.2449622841093, 0.5210990062226, 0.3892314601365, 0.2363447710136,
      0.5233111565455, 0.2913274458493, 0.1889879244114, 0.3874065710223}},
    {"Cognitive participation, General 3",
     147,
     {0.3172214928445, 0.1637370922596, 0.4557112592352, 0.3206313089001, 0.1633971855461,
      0.4619803826066, 0.2412977203196, 0.1369379190884, 0.3403599456154}},
    {"Collective action, Reflexive monitoring",
     150,
     {0.3056939390546, 0.152924324941, 0.4441939686827, 0.3252570920758, 0.1699736505638,
      0.4647794112728, 0.2409996018271, 0.1377252021418, 0.3390901504242}},
    {"Collective action, General 1",
     146,
     {0.3436477060822, 0.1919128595123, 0.4793370906953, 0.3147720526877, 0.1566224294431,
      0.4571835229639, 0.2345307557534, 0.1295181833757, 0.334340785804}},
    {"Collective action, General 2",
     146,
     {0.3688641982689, 0.2195729293154, 0.5012754591616, 0.3815574197105, 0.2280392020862,
      0.5165643149186, 0.2824784708293, 0.1796728532166, 0.3791805327686}},
    {"Collective action, General 3",
     147,
     {0.1992416227145, 0.03859319247965, 0.3498501843525, 0.2034012538182, 0.04124363104141,
      0.3551187316875, 0.1436125694363, 0.03624842428295, 0.2476993256154}},
    {"Reflexive monitoring, General 1",
     146,
     {0.3759362927249, 0.2273736735521, 0.5073977720086, 0.3827217380143, 0.2292979699372,
      0.5175889876357, 0.2840658369363, 0.1813424737515, 0.3806572797402}},
    {"Reflexive monitoring, General 2",
     146,
     {0.3635978320483, 0.2137763347034, 0.4967077369878, 0.374354058548, 0.2202622861201,
      0.5102167436766, 0.2847976283938, 0.1821123847944, 0.3813379088044}},
    {"Reflexive monitoring, General 3",
     147,
     {0.3632223661699, 0.2139075398229, 0.495952054725, 0.3626521011286, 0.2082308073099,
      0.499433612304, 0.2678003615518, 0.1646326986485, 0.3651719164331}},
    {"General 1, General 2",
     142,
     {0.3537425152778, 0.2007108719812, 0.4899215513724, 0.3334722208067, 0.1741358488166,
      0.4757921746599, 0.2604851031583, 0.1550740940088, 0.3600314942418}},
    {"General 1, General 3",
     143,
     {0.1516252136771, -0.01284300896629, 0.3081053330306, 0.1403925476688, -0.0251301321916,
      0.2984228872958, 0.1081216456846, -0.00134992846058, 0.2150324385042}},
    {"General 2, General 3",
     143,
     {0.3335881615986, 0.1792552521656, 0.4718966096033, 0.3356419113803, 0.1770392264193,
      0.4772534356038, 0.2582975970813, 0.1531725099749, 0.3576419014149}}};

/* The same for the rows of a site, and for all. */
static const struct expected by_site[] = {
    {"Coherence, Cognitive participation, S001",
     24,
     {0.5042433062834, 0.1265978834802, 0.7542233716324, 0.5146575663578, 0.1134145933342,
      0.7715657519032, 0.4, 0.133136931615, 0.6127831120269}},
    {"Coherence, Cognitive participation, S002",
     24,
     {0.6180251270183, 0.2859079219373, 0.8175892347069, 0.599299846739, 0.2236892313051,
      0.8199194079388, 0.4740104368039, 0.2217667723551, 0.6667934935591}},
    {"Coherence, Cognitive participation, Total",
     150,
     {0.3562061797127, 0.2078075877763, 0.4885767426759, 0.3766616382438, 0.2249587406849,
      0.5105357850771, 0.2745462456287, 0.1727938356294, 0.3705005094998}}};

static void every_pair_is_as_r_computes_it(void **state)
{
    (void)state;
    struct fixture opened = open_plain_reference();
    const size_t count = sizeof all_pairs / sizeof *all_pairs;
    npt_table *table = run_analysis(opened.study, "correlations", NO_OPTIONS);
    assert_int_equal(npt_table_row_count(table), count);
    for (size_t i = 0; i < count; i++)
        expect_row(table, i, &all_pairs[i]);
    npt_table_free(table);
    fixture_close(&opened);
}

static void by_compares_within_each_cell(void **state)
{
    (void)state;
    struct fixture opened = open_plain_reference();
    npt_table *table = run_analysis(opened.study, "correlations", OPTIONS("by", "site"));
    assert_int_equal(npt_table_row_count(table), 21 * 7);
    for (size_t i = 0; i < 2; i++)
        expect_row(table, i, &by_site[i]);
    expect_row(table, 6, &by_site[2]);
    npt_table_free(table);
    fixture_close(&opened);
}

/* The same calls in R, on the rows with role == "Nurse"; and with all items answered. */
static void filters_and_the_rule_of_scoring_hold(void **state)
{
    (void)state;
    static const struct expected nurses[] = {
        {"Collective action, General 1",
         56,
         {0.4648322102751, 0.2300441387846, 0.6484848832524, 0.4368308128184, 0.1844011933589,
          0.6351966980325, 0.337106711736, 0.1694981223872, 0.4857627943604}}};
    static const struct expected complete[] = {
        {"Coherence, Collective action",
         87,
         {0.2794441427855, 0.07309880909135, 0.4628471653803, 0.2957068076397, 0.08612010361034,
          0.4802298041493, 0.2189848462361, 0.0802005257946, 0.3494402454884}},
        {"Cognitive participation, General 3",
         116,
         {0.3520454716206, 0.181369861376, 0.5021332870449, 0.3585870836808, 0.1829671797989,
          0.5120292200289, 0.2698844104771, 0.1530981509072, 0.3792358856897}}};
    struct fixture opened = open_plain_reference();
    npt_table *table = run_analysis(opened.study, "correlations", OPTIONS("where", "role=Nurse"));
    expect_row(table, 12, nurses);
    npt_table_free(table);
    table = run_analysis(opened.study, "correlations", OPTIONS("min-answered", "1.0"));
    expect_row(table, 1, &complete[0]);
    expect_row(table, 10, &complete[1]);
    npt_table_free(table);
    fixture_close(&opened);
}

/* Writes the lines of the reference in another order: every 7th, and again from the next one on. */
static void write_shuffled(const char *path)
{
    npt__buffer bytes = fixture_read(fixture_beside("tests/data/survey_ref.csv")), text = {0};
    const char *lines[200];
    size_t count = 0;
    for (const char *at = npt__buffer_string(&bytes); *at; at = strchr(at, '\n') + 1) {
        assert_true(count < 200 && strchr(at, '\n'));
        lines[count++] = at;
    }
    assert_int_equal(count, 151);
    npt__buffer_add(&text, lines[0], (size_t)(lines[1] - lines[0]));
    for (size_t i = 7; i > 0; i--)
        for (size_t j = i; j < count; j += 7)
            npt__buffer_add(&text, lines[j], (size_t)(strchr(lines[j], '\n') + 1 - lines[j]));
    assert_int_equal(text.length, bytes.length);
    fixture_write(path, text.bytes, text.length);
    npt__buffer_release(&text);
    npt__buffer_release(&bytes);
}

static npt_output *as_csv(const npt_study *study, const char *const *given)
{
    npt_table *table = run_analysis(study, "correlations", given);
    npt_output *output = npt_output_memory(NULL);
    npt_render(output, (const npt_table *const *)&table, 1, npt_format_find("csv"), NULL);
    npt_table_free(table);
    return output;
}

static void the_order_of_rows_makes_no_difference(void **state)
{
    (void)state;
    write_shuffled("shuffled.csv");
    struct fixture plain = open_plain_reference(), shuffled = open_reference("shuffled.csv");
    npt_output *one = as_csv(plain.study, OPTIONS("by", "site,role,wave"));
    npt_output *other = as_csv(shuffled.study, OPTIONS("by", "site,role,wave"));
    assert_string_equal(npt_output_bytes(one, NULL), npt_output_bytes(other, NULL));
    npt_output_discard(one);
    npt_output_discard(other);
    fixture_close(&plain);
    fixture_close(&shuffled);
}

/* ---- what is asked for ----------------------------------------------------------------------- */

static void expect_heading(const npt_study *study, const char *const *given, const char *heading)
{
    npt_output *output = as_csv(study, given);
    const char *bytes = npt_output_bytes(output, NULL);
    if (strncmp(bytes, heading, strlen(heading)) != 0)
        fail_msg("not '%s', but: %.200s", heading, bytes);
    npt_output_discard(output);
}

static void methods_are_chosen(void **state)
{
    (void)state;
    struct fixture opened = open_plain_reference();
    const npt_study *study = opened.study;
    expect_heading(study, NO_OPTIONS, "construct,with," ALL_COLUMNS);
    expect_heading(study, OPTIONS("by", "wave,site"), "construct,with,wave,site," ALL_COLUMNS);
    expect_heading(study, OPTIONS("method", "kendall"),
                   "construct,with,n,kendall,kendall_low,kendall_high\n");
    expect_heading(study, OPTIONS("method", "spearman", "method", "pearson"),
                   "construct,with,n,pearson,pearson_low,pearson_high,spearman,spearman_low,"
                   "spearman_high\n");
    expect_heading(study, OPTIONS("method", "kendall, pearson,spearman"),
                   "construct,with," ALL_COLUMNS);
    npt_table *table = run_analysis(study, "correlations", OPTIONS("method", "spearman"));
    for (size_t i = 0; i < 3; i++)
        expect_number(&npt_table_row(table, 20)[3 + i], all_pairs[20].numbers[3 + i]);
    expect_note(table, "interval of Bonett and Wright (2000)");
    expect_no_note(table, "Pearson's");
    expect_no_note(table, "Kendall's");
    npt_table_free(table);
    expect_usage(study, "correlations", OPTIONS("method", "pearson,Spearman"),
                 "error: --method takes pearson, spearman and kendall, not 'pearson,Spearman'\n");
    expect_usage(study, "correlations", OPTIONS("method", "pearson", "method", " ,"),
                 "error: --method takes pearson, spearman and kendall, not ' ,'\n");
    fixture_close(&opened);
}

static void people_see_an_estimate_beside_its_interval(void **state)
{
    (void)state;
    struct fixture opened = open_plain_reference();
    npt_table *table = run_analysis(opened.study, "correlations", NO_OPTIONS);
    npt_output *output = npt_output_memory(NULL);
    npt_render(output, (const npt_table *const *)&table, 1, npt_format_find("text"),
               &(struct npt_render_options){.width = 100});
    const char *text = npt_output_bytes(output, NULL);
    fixture_expect_in(text, "150  0.36   0.21 to 0.49  0.38   0.22 to 0.51   0.27  0.17 to 0.37\n");
    fixture_expect_in(text, "143  0.15  -0.01 to 0.31  0.14  -0.03 to 0.30   0.11  0.00 to 0.22\n");
    npt_output_discard(output);
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- notes ----------------------------------------------------------------------------------- */

static void notes_warn_of_responses_that_resemble_each_other(void **state)
{
    (void)state;
    struct fixture opened = open_plain_reference();
    npt_table *table = run_analysis(opened.study, "correlations", NO_OPTIONS);
    expect_note(table, "at least half of the items asked are answered");
    expect_note(table, "Totals over constructs are left out");
    expect_note(table, "Respondents of one site resemble each other");
    expect_note(table, "Some respondents answered more than once");
    expect_no_note(table, "Nothing is shown for");
    npt_table_free(table);
    table = run_analysis(opened.study, "correlations", OPTIONS("wave", "2"));
    expect_note(table, "Respondents of one site resemble each other");
    expect_no_note(table, "Some respondents answered more than once");
    npt_table_free(table);
    table = run_analysis(opened.study, "correlations", OPTIONS("site", "S004"));
    expect_no_note(table, "Respondents of one site resemble each other");
    expect_note(table, "Some respondents answered more than once");
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- where there is nothing to compute ------------------------------------------------------- */

/* Beta is 6 - b1. In "four" it is 2 1 4 3 beside 1 2 3 4; in "flat" Alpha stays; in "line" both rise. */
#define PLACES \
    "place,a1,a2,b1,g\n" \
    "three,1,1,5,1\nthree,2,3,3,5\nthree,4,4,1,2\n" \
    "four,1,1,4,\nfour,2,2,5,\nfour,3,3,2,\nfour,4,4,3,\n" \
    "flat,3,3,1,2\nflat,3,3,2,4\nflat,3,3,5,1\nflat,3,3,4,4\nflat,3,3,3,9\n" \
    "line,1,1,5,3\nline,2,2,4,1\nline,3,3,3,2\nline,4,4,2,5\nline,5,5,1,5\n"

/* One letter for each number: what is there, or why it is not. */
static const char *reason_of(char letter)
{
    switch (letter) {
    case '4':
        return "fewer than 4 responses";
    case '5':
        return "fewer than 5 responses";
    case 'c':
        return "one of them does not vary";
    case '1':
        return "no interval at 1 or -1";
    default:
        return NULL;
    }
}

static void expect_reasons(const npt_table *table, size_t index, const char *letters)
{
    const struct npt_cell *row = npt_table_row(table, index);
    const size_t first = npt_table_find_column(table, "pearson");
    for (size_t i = 0; i < NUMBERS; i++) {
        const struct npt_cell *cell = &row[first + i];
        const char *reason = reason_of(letters[i]);
        assert_int_equal(cell->kind, reason ? NPT_CELL_ABSENT : NPT_CELL_NUMBER);
        if (reason)
            assert_string_equal(cell->reason, reason);
    }
}

static void absent_cells_say_why(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">"
                          "<column name=\"place\" as=\"place\"/>" ITEM_COLUMNS "</survey>"),
                    "w.csv", PLACES);
    assert_string_equal(opened.text, "");
    npt_table *table = run_analysis(opened.study, "correlations", OPTIONS("by", "place"));
    /* flat, four, line, three, Total: Alpha with Beta, then Alpha with Overall. */
    assert_int_equal(npt_table_row_count(table), 3 * 5);
    expect_reasons(table, 0, "ccccccccc");
    expect_reasons(table, 1, ".......55");
    expect_reasons(table, 2, ".11.11.11");
    expect_reasons(table, 3, "444444444");
    expect_reasons(table, 6, "444444444"); /* nobody of "four" answered g */
    assert_int_equal(npt_table_row(table, 6)[3].count, 0);
    assert_int_equal(npt_table_row(table, 3)[3].count, 3);
    assert_string_equal(npt_table_row(table, 6)[1].text, "Overall");
    expect_note(table, "no interval at 1 or -1, or of tau-b for fewer than 5");
    /* cor(1:4, c(2, 1, 4, 3)) and by method; tanh(atanh(.6) + c(-1, 1) * qnorm(.975)),
       tanh(atanh(.6) + c(-1, 1) * qnorm(.975) * sqrt(1.18)) */
    const double numbers[] = {
        .6, -.8529325646947, .9901277107997, .6, -.8928731351172, .9929505792195, 1. / 3};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        expect_number(&npt_table_row(table, 1)[4 + i], numbers[i]);
    for (size_t i = 0; i < NUMBERS; i += 3)
        assert_true(npt_table_row(table, 2)[4 + i].number == 1);
    npt_table_free(table);
    fixture_close(&opened);
}

/* Where a file does not ask for an item, or a filter leaves nobody who was asked, there is no score of it. */
static void what_was_not_asked_has_no_row(void **state)
{
    (void)state;
    fixture_write_text("v.csv", "place,a1,a2\nlast,1,2\nlast,2,2\n");
    struct fixture opened = open_survey(
        STUDY(
            "<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">"
            "<column name=\"place\" as=\"place\"/>" ITEM_COLUMNS "</survey>"
            "<survey file=\"v.csv\" instrument=\"q.xml\" agree=\"5\">"
            "<column name=\"place\" as=\"place\"/><column name=\"a1\" item=\"a1\"/>"
            "<column name=\"a2\" item=\"a2\"/><absent item=\"b1\"/><absent item=\"g\"/></survey>"),
        "w.csv", PLACES);
    assert_string_equal(opened.text, "");
    expect_rows(opened.study, "correlations", OPTIONS("where", "place=three", "method", "pearson"),
                "construct,with,n,pearson,pearson_low,pearson_high\nAlpha,Beta,3,,,\n"
                "Alpha,Overall,3,,,\nBeta,Overall,3,,,\n");
    npt_table *table = run_analysis(opened.study, "correlations", OPTIONS("where", "place=last"));
    assert_int_equal(npt_table_row_count(table), 0);
    expect_note(table, "fewer than two scores");
    npt_table_free(table);
    fixture_close(&opened);
}

/* 161 x 161 combinations of values with the totals, for 21 pairs, are 544,341 rows. */
static void a_table_has_a_ceiling(void **state)
{
    (void)state;
    npt__buffer bytes = fixture_read(fixture_beside("tests/data/survey_ref.csv")), text = {0};
    const char *end = strchr(npt__buffer_string(&bytes), '\n');
    npt__buffer_add(&text, bytes.bytes, (size_t)(end + 1 - bytes.bytes));
    for (int i = 0; i < 160; i++)
        npt__buffer_print(
            &text, "R%d,S%d,Role %d,1,1,2,3,1,2,3,4,1,2,3,4,1,2,3,4,5,1,2,3,4,5,1,2\n", i, i, i);
    fixture_write("many.csv", text.bytes, text.length);
    npt__buffer_release(&text);
    npt__buffer_release(&bytes);
    struct fixture opened = open_reference("many.csv");
    expect_usage(opened.study, "correlations", OPTIONS("by", "site,role"),
                 "error: 21 pairs of scores, each in 25921 combinations of values, are more than "
                 "500000 rows\n  hint: compare by fewer columns, or look at some responses only: "
                 "--where ATTRIBUTE=VALUE\n");
    npt_table *table = run_analysis(opened.study, "correlations", OPTIONS("by", "site"));
    assert_int_equal(npt_table_row_count(table), 21 * 161);
    npt_table_free(table);
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(every_pair_is_as_r_computes_it),
        FIXTURE_TEST(by_compares_within_each_cell),
        FIXTURE_TEST(filters_and_the_rule_of_scoring_hold),
        FIXTURE_TEST(the_order_of_rows_makes_no_difference),
        FIXTURE_TEST(methods_are_chosen),
        FIXTURE_TEST(people_see_an_estimate_beside_its_interval),
        FIXTURE_TEST(notes_warn_of_responses_that_resemble_each_other),
        FIXTURE_TEST(absent_cells_say_why),
        FIXTURE_TEST(what_was_not_asked_has_no_row),
        FIXTURE_TEST(a_table_has_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
