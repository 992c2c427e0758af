/* test_instrument.c - the shipped instruments, and what is made of an instrument: tables, sheets, files.
 *
 * The facts of NoMAD are those of the published tables (surveys/README.md), typed here once more.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "../nptkit/analysis/instrument_table.h"
#include "../nptkit/base/embedded.h"
#include "../nptkit/model/codebook.h"
#include "instrument_file.h"

#include <nptkit/render.h>

static npt_instrument *open_named(const char *name)
{
    npt_diags *diags = npt_diags_new();
    npt_instrument *instrument = NULL;
    assert_int_equal(npt_instrument_open(&instrument, name, diags), NPT_OK);
    assert_string_equal(npt_diags_text(diags, false), "");
    npt_diags_free(diags);
    return instrument;
}

/* ---- the shipped instruments ----------------------------------------------------------------- */

static const struct {
    const char *id, *number, *code, *construct, *component;
    bool reversed;
    const char *wording; /* for "the tool" */
} nomad[] = {
    {"nomad.1", "1", "", "", "Familiarity", false,
     "When you use the tool, how familiar does it feel?"},
    {"nomad.2", "2", "", "", "Normal now", false,
     "Do you feel the tool is currently a normal part of your work?"},
    {"nomad.3", "3", "", "", "Normal in future", false,
     "Do you feel the tool will become a normal part of your work?"},
    {"nomad.4", "4", "C1.1", "Coherence", "Differentiation", false,
     "I can see how the tool differs from usual ways of working"},
    {"nomad.5", "5", "C1.2", "Coherence", "Communal specification", false,
     "Staff in this organisation have a shared understanding of the purpose of the tool"},
    {"nomad.6", "6", "C1.3", "Coherence", "Individual specification", false,
     "I understand how the tool affects the nature of my own work"},
    {"nomad.7", "7", "C1.4", "Coherence", "Internalization", false,
     "I can see the potential value of the tool for my work"},
    {"nomad.8", "8", "C2.1", "Cognitive participation", "Initiation", false,
     "There are key people who drive the tool forward and get others involved"},
    {"nomad.9", "9", "C2.2", "Cognitive participation", "Legitimation", false,
     "I believe that participating in the tool is a legitimate part of my role"},
    {"nomad.10", "10", "C2.3", "Cognitive participation", "Enrolment", false,
     "I'm open to working with colleagues in new ways to use the tool"},
    {"nomad.11", "11", "C2.4", "Cognitive participation", "Activation", false,
     "I will continue to support the tool"},
    {"nomad.12", "12", "C3.1", "Collective action", "Interactional workability", false,
     "I can easily integrate the tool into my existing work"},
    {"nomad.13", "13", "C3.2", "Collective action", "Relational integration", true,
     "The tool disrupts working relationships"},
    {"nomad.14", "14", "C3.3", "Collective action", "Relational integration", false,
     "I have confidence in other people's ability to use the tool"},
    {"nomad.15", "15", "C3.4", "Collective action", "Skill-set workability", false,
     "Work is assigned to those with skills appropriate to the tool"},
    {"nomad.16", "16", "C3.5", "Collective action", "Skill-set workability", false,
     "Sufficient training is provided to enable staff to use the tool"},
    {"nomad.17", "17", "C3.6", "Collective action", "Contextual integration", false,
     "Sufficient resources are available to support the tool"},
    {"nomad.18", "18", "C3.7", "Collective action", "Contextual integration", false,
     "Management adequately support the tool"},
    {"nomad.19", "19", "C4.1", "Reflexive monitoring", "Systematization", false,
     "I am aware of reports about the effects of the tool"},
    {"nomad.20", "20", "C4.2", "Reflexive monitoring", "Communal appraisal", false,
     "The staff agree that the tool is worthwhile"},
    {"nomad.21", "21", "C4.3", "Reflexive monitoring", "Individual appraisal", false,
     "I value the effects the tool has had on my work"},
    {"nomad.22", "22", "C4.4", "Reflexive monitoring", "Reconfiguration", false,
     "Feedback about the tool can be used to improve it in the future"},
    {"nomad.23", "23", "C4.5", "Reflexive monitoring", "Reconfiguration", false,
     "I can modify how I work with the tool"},
};

static const char *construct_of(const npt_instrument *instrument, const struct npt__item *item)
{
    return item->construct == NPT__NONE ? "" : instrument->constructs[item->construct].name;
}

static void expect_constructs(const npt_instrument *instrument, size_t count,
                              const char *const *names, const size_t *items)
{
    assert_int_equal(instrument->construct_count, count);
    for (uint32_t i = 0; i < count; i++) {
        size_t found = 0;
        for (size_t j = 0; j < instrument->item_count; j++)
            found += instrument->items[j].construct == i;
        assert_string_equal(instrument->constructs[i].name, names[i]);
        assert_int_equal(found, items[i]);
    }
}

static const char *const nomad_constructs[] = {"Coherence", "Cognitive participation",
                                               "Collective action", "Reflexive monitoring"};
static const size_t nomad_counts[] = {4, 4, 7, 5};

static void nomad_has_the_published_items(void **state)
{
    (void)state;
    npt_instrument *instrument = open_named("nomad");
    npt__arena *arena = npt__arena_new();
    assert_int_equal(instrument->item_count, 23);
    assert_int_equal(sizeof nomad / sizeof *nomad, 23);
    for (size_t i = 0; i < 23; i++) {
        const struct npt__item *item = &instrument->items[i];
        assert_string_equal(item->id, nomad[i].id);
        assert_string_equal(item->number, nomad[i].number);
        assert_string_equal(item->code, nomad[i].code);
        assert_string_equal(construct_of(instrument, item), nomad[i].construct);
        assert_string_equal(item->component, nomad[i].component);
        assert_int_equal(item->reversed, nomad[i].reversed);
        assert_string_equal(npt__item_wording(arena, item, "the tool"), nomad[i].wording);
        const struct npt__scale *scale = &instrument->scales[item->scale];
        assert_int_equal(scale->least, i < 3 ? 0 : 1);
        assert_int_equal(scale->most, i < 3 ? 10 : 5);
        assert_int_equal(scale->declared, i >= 3);
    }
    expect_constructs(instrument, 4, nomad_constructs, nomad_counts);
    assert_string_equal(instrument->total, "All 20 items");
    assert_null(instrument->path);
    npt__arena_free(arena);
    npt_instrument_free(instrument);
}

static void expect_points(const struct npt__scale *scale, const char *const *labels)
{
    for (int i = scale->least; i <= scale->most; i++, labels++) {
        if (*labels)
            assert_string_equal(scale->points[i - scale->least], *labels);
        else
            assert_null(scale->points[i - scale->least]);
    }
}

static void nomad_has_the_published_answers(void **state)
{
    (void)state;
    npt_instrument *instrument = open_named("nomad");
    assert_int_equal(instrument->scale_count, 3);
    expect_points(&instrument->scales[instrument->items[3].scale],
                  (const char *const[]){"Strongly disagree", "Disagree",
                                        "Neither agree nor disagree", "Agree", "Strongly agree"});
    expect_points(&instrument->scales[instrument->items[0].scale],
                  (const char *const[]){"Still feels very new", NULL, NULL, NULL, NULL, NULL, NULL,
                                        NULL, NULL, NULL, "Feels completely familiar"});
    for (size_t i = 1; i < 3; i++)
        expect_points(&instrument->scales[instrument->items[i].scale],
                      (const char *const[]){"Not at all", NULL, NULL, NULL, NULL, "Somewhat", NULL,
                                            NULL, NULL, NULL, "Completely"});
    static const char *const kinds[][2] = {{"role", "not relevant to my role"},
                                           {"stage", "not relevant at this stage"},
                                           {"intervention", "not relevant to the tool"},
                                           {"intervention", "not relevant to this intervention"}};
    assert_int_equal(instrument->not_relevant_count, 3);
    npt__arena *arena = npt__arena_new();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t found = 0;
        for (size_t j = 0; j < instrument->not_relevant_label_count; j++) {
            const struct npt__answer_label *label = &instrument->not_relevant_labels[j];
            if (strcmp(npt__label_folded(arena, label, "The Tool"), kinds[i][1]) != 0)
                continue;
            assert_string_equal(instrument->not_relevant[label->value].id, kinds[i][0]);
            found++;
        }
        assert_int_equal(found, 1);
    }
    npt__arena_free(arena);
    npt_instrument_free(instrument);
}

static void nomad_core_has_the_items_on_constructs_under_the_same_ids(void **state)
{
    (void)state;
    npt_instrument *all = open_named("nomad"), *core = open_named("nomad-core");
    assert_int_equal(core->item_count, 20);
    expect_constructs(core, 4, nomad_constructs, nomad_counts);
    for (size_t i = 0; i < 20; i++) {
        const struct npt__item *item = &core->items[i], *other = &all->items[i + 3];
        char number[8];
        snprintf(number, sizeof number, "%zu", i + 1);
        assert_string_equal(item->number, number);
        assert_string_equal(item->id, other->id);
        assert_string_equal(item->code, other->code);
        assert_string_equal(item->wording, other->wording);
        assert_string_equal(item->component, other->component);
        assert_int_equal(item->reversed, other->reversed);
        assert_int_equal(item->construct, other->construct);
    }
    const struct npt__scale *scale = &core->scales[0], *other = &all->scales[0];
    assert_int_equal(core->scale_count, 1);
    assert_int_equal(scale->label_count, other->label_count);
    for (size_t i = 0; i < scale->label_count; i++)
        assert_string_equal(scale->labels[i].folded, other->labels[i].folded);
    assert_int_equal(core->not_relevant_label_count, all->not_relevant_label_count);
    npt_instrument_free(all);
    npt_instrument_free(core);
}

static void aim_iam_and_fim_have_the_published_items(void **state)
{
    (void)state;
    static const char *const wordings[][2] = {{"aim.1", "The tool meets my approval"},
                                              {"aim.2", "The tool is appealing to me"},
                                              {"aim.3", "I like the tool"},
                                              {"aim.4", "I welcome the tool"},
                                              {"iam.1", "The tool seems fitting"},
                                              {"iam.2", "The tool seems suitable"},
                                              {"iam.3", "The tool seems applicable"},
                                              {"iam.4", "The tool seems like a good match"},
                                              {"fim.1", "The tool seems implementable"},
                                              {"fim.2", "The tool seems possible"},
                                              {"fim.3", "The tool seems doable"},
                                              {"fim.4", "The tool seems easy to use"}};
    static const char *const constructs[] = {"Acceptability", "Appropriateness", "Feasibility"};
    npt_instrument *instrument = open_named("aim-iam-fim");
    npt__arena *arena = npt__arena_new();
    assert_int_equal(instrument->item_count, 12);
    for (size_t i = 0; i < 12; i++) {
        assert_string_equal(instrument->items[i].id, wordings[i][0]);
        assert_string_equal(npt__item_wording(arena, &instrument->items[i], "the tool"),
                            wordings[i][1]);
        assert_false(instrument->items[i].reversed);
    }
    expect_constructs(instrument, 3, constructs, (const size_t[]){4, 4, 4});
    expect_points(&instrument->scales[0],
                  (const char *const[]){"Completely disagree", "Disagree",
                                        "Neither agree nor disagree", "Agree", "Completely agree"});
    assert_true(instrument->scales[0].declared);
    assert_null(instrument->total);
    assert_int_equal(instrument->not_relevant_count, 0);
    npt__arena_free(arena);
    npt_instrument_free(instrument);
}

static void components_are_spelled_as_in_the_codebook(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_codebook *codebook = NULL;
    assert_int_equal(npt_codebook_open(&codebook, "npt-core", diags), NPT_OK);
    npt_instrument *instrument = open_named("nomad");
    npt__arena *arena = npt__arena_new();
    for (size_t i = 3; i < instrument->item_count; i++) {
        const struct npt__item *item = &instrument->items[i];
        const char *path =
            npt__arena_print(arena, "%s > %s", construct_of(instrument, item), item->component);
        size_t found = 0;
        for (size_t j = 0; j < codebook->count; j++)
            found += strcmp(codebook->constructs[j].path, path) == 0;
        if (found != 1)
            fail_msg("not in the codebook: %s", path);
    }
    npt__arena_free(arena);
    npt_instrument_free(instrument);
    npt_codebook_free(codebook);
    npt_diags_free(diags);
}

static void every_shipped_file_is_listed_with_its_summary(void **state)
{
    (void)state;
    size_t count = 0, files = 0;
    for (const char *name; (name = npt_instrument_shipped(count)) != NULL; count++) {
        npt_instrument *instrument = open_named(name);
        assert_string_equal(instrument->id, name);
        assert_string_equal(instrument->summary, npt_instrument_summary(count));
        npt_instrument_free(instrument);
    }
    for (const struct npt__embedded *file = npt__embedded_files; file->name; file++)
        files += strstr(file->name, ".xml") && !strchr(file->name, '/');
    assert_int_equal(count, 3);
    assert_int_equal(files, count);
    assert_null(npt_instrument_summary(count));
    npt_instrument_free(open_named(" NoMAD "));
    npt_instrument_free(NULL);
}

/* Instruments lie beside codebooks in the program; neither is taken for the other. */
static void an_instrument_is_no_codebook(void **state)
{
    (void)state;
    for (size_t i = 0; npt_codebook_shipped(i); i++)
        assert_null(strstr(npt_codebook_shipped(i), "nomad"));
    npt_diags *diags = npt_diags_new();
    npt_codebook *codebook = NULL;
    npt_instrument *instrument = NULL;
    assert_int_equal(npt_codebook_open(&codebook, "nomad", diags), NPT_BAD_INPUT);
    assert_int_equal(npt_instrument_open(&instrument, "npt", diags), NPT_BAD_INPUT);
    assert_int_equal(npt_instrument_open(&instrument, "nomad-cor", diags), NPT_BAD_INPUT);
    assert_int_equal(npt_instrument_open(&instrument, "./nomad", diags), NPT_BAD_INPUT);
    fixture_expect_in(npt_diags_text(diags, false),
                      "error: no instrument is called 'npt'\n"
                      "  hint: nomad, nomad-core and aim-iam-fim are part of nptkit; or give the "
                      "path of an .xml file\n"
                      "error: no instrument is called 'nomad-cor'\n"
                      "  hint: did you mean 'nomad-core'? nomad, nomad-core and aim-iam-fim are "
                      "part of nptkit; or give the path of an .xml file\n"
                      "./nomad: error: cannot read: No such file or directory\n");
    npt_diags_free(diags);
}

/* ---- items and texts ------------------------------------------------------------------------- */

static void items_are_found_by_id(void **state)
{
    (void)state;
    npt_instrument *instrument = open_named("nomad");
    assert_int_equal(npt__instrument_find(instrument, "NoMAD.13"), 12);
    assert_int_equal(npt__instrument_find(instrument, "nomad.1"), 0);
    assert_int_equal(npt__instrument_find(instrument, "nomad."), NPT__NONE);
    assert_int_equal(npt__instrument_find(instrument, "nomad.131"), NPT__NONE);
    assert_int_equal(npt__instrument_find(instrument, ""), NPT__NONE);
    assert_string_equal(npt__instrument_nearest(instrument, "NOMAD,13"), "nomad.13");
    assert_null(npt__instrument_nearest(instrument, "age"));
    npt_instrument_free(instrument);
}

static void the_intervention_is_named_in_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name, *filled;
    } cases[] = {
        {"I use {intervention}", "the app", "I use the app"},
        {"{intervention} works. {intervention} helps {intervention}!", "the app",
         "The app works. The app helps the app!"},
        {"Why? {intervention}", "the app", "Why? The app"},
        {"No. 4:{intervention}", "the app", "No. 4:the app"},
        {"{intervention} works", "eHealth", "eHealth works"},
        {"{intervention} works", "\xC3\xA9lan", "\xC3\xA9lan works"},
        {"{intervention} works", "3D", "3D works"},
        {"{intervention} works", "", "The intervention works"},
        {"on {intervention}", NULL, "on the intervention"},
        {"{intervention} works", "{intervention}", "{intervention} works"},
        {"nothing", "the app", "nothing"},
        {"", "the app", ""},
    };
    npt__arena *arena = npt__arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(npt__fill_intervention(arena, cases[i].text, cases[i].name),
                            cases[i].filled);
    npt__arena_free(arena);
}

/* ---- exports --------------------------------------------------------------------------------- */

typedef void writer(npt_output *output, const npt_instrument *instrument);

/* What is written, in the arena. */
static const char *written(npt__arena *arena, const npt_instrument *instrument, writer *write)
{
    npt_diags *diags = npt_diags_new();
    npt_output *output = npt_output_memory(diags);
    write(output, instrument);
    size_t length;
    const char *bytes = npt_output_bytes(output, &length);
    const char *copy = npt__arena_copy(arena, bytes, length);
    npt_output_discard(output);
    npt_diags_free(diags);
    return copy;
}

static void write_csv(npt_output *output, const npt_instrument *instrument)
{
    npt_table *table = npt_instrument_table(instrument);
    npt_render(output, (const npt_table *const *)&table, 1, npt_format_find("csv"), NULL);
    npt_table_free(table);
}

static void an_instrument_is_written_as_its_own_file(void **state)
{
    (void)state;
    for (size_t i = 0; npt_instrument_shipped(i); i++) {
        npt__arena *arena = npt__arena_new();
        npt_instrument *instrument = open_named(npt_instrument_shipped(i));
        const char *xml = written(arena, instrument, npt_instrument_write);
        const char *path = npt__arena_print(arena, "surveys/%s.xml", npt_instrument_shipped(i));
        npt__buffer file = fixture_read(fixture_beside(path));
        assert_string_equal(xml, file.bytes);
        npt__buffer_release(&file);
        fixture_write_text("own.xml", xml);
        npt_instrument *own = open_named("own.xml");
        assert_string_equal(own->path, "own.xml");
        assert_string_equal(written(arena, own, npt_instrument_write), xml);
        assert_string_equal(written(arena, own, write_csv), written(arena, instrument, write_csv));
        assert_string_equal(written(arena, own, npt_instrument_write_codebook),
                            written(arena, instrument, npt_instrument_write_codebook));
        npt_instrument_free(own);
        npt_instrument_free(instrument);
        npt__arena_free(arena);
    }
}

static void a_blank_sheet_has_a_column_for_every_item(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    npt_instrument *instrument = open_named("aim-iam-fim");
    assert_string_equal(written(arena, instrument, npt_instrument_write_template),
                        "respondent,site,role,wave,aim.1,aim.2,aim.3,aim.4,iam.1,iam.2,iam.3,iam.4,"
                        "fim.1,fim.2,fim.3,fim.4\n");
    npt_instrument_free(instrument);
    npt__arena_free(arena);
}

static void a_codebook_is_text_whatever_the_file_says(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    npt_instrument *instrument =
        open_good("<instrument xmlns=\"urn:nptkit:instrument:1\" id=\"x\" title=\"# A|B\">"
                  "<source>&lt;script&gt;</source><scale id=\"s\" least=\"1\" most=\"3\">"
                  "<point value=\"2\" also=\"a|b\">`x`</point></scale><general>"
                  "<item id=\"q\" scale=\"s\">![x](y)</item></general></instrument>");
    const char *text = written(arena, instrument, npt_instrument_write_codebook);
    fixture_expect_in(text, "| q | 1 | - | - | - | no | s | !\\[x\\](y) |\n");
    fixture_expect_in(text, "- Source: &lt;script&gt;\n");
    fixture_expect_in(text, "| s | 1 | - | - |\n|  | 2 | \\`x\\` | a\\|b |\n|  | 3 | - | - |\n");
    assert_null(strstr(text, "## Answers"));
    assert_null(strstr(text, "Scoring"));
    npt_instrument_free(instrument);
    npt__arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(nomad_has_the_published_items),
        FIXTURE_TEST(nomad_has_the_published_answers),
        FIXTURE_TEST(nomad_core_has_the_items_on_constructs_under_the_same_ids),
        FIXTURE_TEST(aim_iam_and_fim_have_the_published_items),
        FIXTURE_TEST(components_are_spelled_as_in_the_codebook),
        FIXTURE_TEST(every_shipped_file_is_listed_with_its_summary),
        FIXTURE_TEST(an_instrument_is_no_codebook),
        FIXTURE_TEST(items_are_found_by_id),
        FIXTURE_TEST(the_intervention_is_named_in_texts),
        FIXTURE_TEST(an_instrument_is_written_as_its_own_file),
        FIXTURE_TEST(a_blank_sheet_has_a_column_for_every_item),
        FIXTURE_TEST(a_codebook_is_text_whatever_the_file_says),
    };
    return cmocka_run_group_tests_name("instrument", tests, NULL, NULL);
}
