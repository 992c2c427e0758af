/* test_guess_ids.c - columns that are called by the ids of an instrument of one's own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"
#include "guess_sheet.h"

/* The questionnaire behind the reference data: G1 to G3, C1 to C4, CP1 to CP4, CA1, CA2, CA3r to CA7, RM1 to RM5. */
static npt_instrument *reference(void)
{
    npt_diags *diags = npt_diags_new();
    npt_instrument *instrument = NULL;
    assert_int_equal(
        npt_instrument_open(&instrument, fixture_beside("tests/data/survey_ref.xml"), diags),
        NPT_OK);
    npt_diags_free(diags);
    return instrument;
}

/* The ids of its items from `first` on, one of them left out; 23: none. */
static void put_ids(struct sheet *sheet, const npt_instrument *instrument, size_t first,
                    size_t without)
{
    for (size_t i = first; i < instrument->item_count; i++)
        if (i != without)
            sheet_put(sheet, instrument->items[i].id, "");
}

static void the_columns_of_the_reference_data_are_certain(void **state)
{
    (void)state;
    npt_instrument *instrument = reference();
    npt__buffer bytes = fixture_read(fixture_beside("tests/data/survey_ref.csv"));
    bytes.bytes[strcspn(bytes.bytes, "\r\n")] = '\0';
    struct sheet sheet = {0};
    for (char *name = bytes.bytes, *end; name; name = end ? end + 1 : NULL) {
        end = strchr(name, ',');
        if (end)
            *end = '\0';
        sheet_put(&sheet, name, "");
    }
    assert_int_equal(sheet.count, 27);
    sheet_guess(&sheet, instrument);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    expect_items(&sheet, 4, "G1", 23, NPT__CERTAIN);
    expect_item(&sheet, 17, "CA3r", NPT__CERTAIN);
    expect_reason(&sheet, 17, "its name is the id of CA3r");
    sheet_free(&sheet);
    npt__buffer_release(&bytes);
    npt_instrument_free(instrument);
}

static void general_items_may_be_left_out(void **state)
{
    (void)state;
    npt_instrument *instrument = reference();
    struct sheet sheet = {0};
    put_ids(&sheet, instrument, 3, 23);
    sheet_guess(&sheet, instrument);
    expect_items(&sheet, 0, "C1", 20, NPT__CERTAIN);
    sheet_free(&sheet);
    put_ids(&sheet, instrument, 0, 1);
    sheet_guess(&sheet, instrument);
    expect_item(&sheet, 0, "G1", NPT__CERTAIN);
    expect_item(&sheet, 12, "CA3r", NPT__CERTAIN);
    sheet_free(&sheet);
    npt_instrument_free(instrument);
}

static void case_and_blanks_make_no_difference(void **state)
{
    (void)state;
    npt_instrument *instrument = reference();
    struct sheet sheet = {0};
    put_ids(&sheet, instrument, 3, 23);
    sheet_rename(&sheet, 10,
                 "\xC2\xA0"
                 "ca3R ");
    sheet_guess(&sheet, instrument);
    expect_items(&sheet, 0, "C1", 20, NPT__CERTAIN);
    sheet_free(&sheet);
    npt_instrument_free(instrument);
}

/* Without RM5 nobody called the items after these columns: its r may mean something. */
static void one_missing_item_leaves_the_doubt(void **state)
{
    (void)state;
    npt_instrument *instrument = reference();
    struct sheet sheet = {0};
    put_ids(&sheet, instrument, 0, 22);
    sheet_guess(&sheet, instrument);
    expect_item(&sheet, 13, "CA3r", NPT__LIKELY);
    expect_reason(&sheet, 13, "named like CA3r, but its r may mean that it is reversed already");
    sheet_put_all(&sheet, "RM_5", NULL); /* not letter for letter */
    sheet_guess(&sheet, instrument);
    expect_item(&sheet, 13, "CA3r", NPT__LIKELY);
    expect_item(&sheet, 22, "RM5", NPT__CERTAIN);
    sheet_free(&sheet);
    npt_instrument_free(instrument);
}

static void two_columns_of_one_id_are_still_in_doubt(void **state)
{
    (void)state;
    npt_instrument *instrument = reference();
    struct sheet sheet = {0};
    put_ids(&sheet, instrument, 0, 23);
    sheet_put_all(&sheet, "C2", "C5", NULL);
    sheet_guess(&sheet, instrument);
    expect_item(&sheet, 3, "C1", NPT__CERTAIN); /* whatever C5 is */
    expect_item(&sheet, 4, "C2", NPT__POSSIBLE);
    expect_item(&sheet, 23, "C2", NPT__POSSIBLE);
    expect_nothing(&sheet, 24);
    sheet_free(&sheet);
    put_ids(&sheet, instrument, 0, 23);
    sheet.wordings[4] = "Item C1 of the app"; /* the wording of another item */
    sheet_guess(&sheet, instrument);
    for (size_t i = 0; i < 23; i++)
        assert_true((sheet.guesses[i].certainty == NPT__CERTAIN) == (i != 3 && i != 4));
    sheet_free(&sheet);
    npt_instrument_free(instrument);
}

/* Q1 to Q3 may be ids, but are the names of any three questions. */
static void ids_that_are_numbers_yield_to_wordings(void **state)
{
    (void)state;
    static const struct npt__item items[] = {
        {"Q1", "1", "", "I like what we do", "", 0, 0, false},
        {"Q2", "2", "", "I see why we do it", "", 0, 0, false},
        {"Q3", "3", "", "I know how we do it", "", 0, 0, false}};
    static const struct npt__measured_construct constructs[] = {{"own", "Own"}};
    const npt_instrument own = {.id = "own",
                                .items = items,
                                .item_count = 3,
                                .constructs = constructs,
                                .construct_count = 1};
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "Q1", "Q2", "Q3", NULL);
    sheet_guess(&sheet, &own);
    expect_items(&sheet, 0, "Q1", 3, NPT__CERTAIN);
    sheet.wordings[0] = "I like what we do";
    sheet.wordings[1] = "How long have you worked here?";
    sheet.wordings[2] = "What is your role?";
    sheet_guess(&sheet, &own);
    expect_item(&sheet, 0, "Q1", NPT__CERTAIN);
    expect_item(&sheet, 1, "Q2", NPT__LIKELY);
    expect_reason(&sheet, 1, "its name is the id of Q2, but its wording is another");
    expect_item(&sheet, 2, "Q3", NPT__POSSIBLE);
    sheet_put_all(&sheet, "Q4", NULL); /* a survey that goes on */
    sheet_guess(&sheet, &own);
    expect_item(&sheet, 0, "Q1", NPT__CERTAIN);
    expect_nothing(&sheet, 3);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(the_columns_of_the_reference_data_are_certain),
        FIXTURE_TEST(general_items_may_be_left_out),
        FIXTURE_TEST(case_and_blanks_make_no_difference),
        FIXTURE_TEST(one_missing_item_leaves_the_doubt),
        FIXTURE_TEST(two_columns_of_one_id_are_still_in_doubt),
        FIXTURE_TEST(ids_that_are_numbers_yield_to_wordings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
