/* test_identifiers.c - what in a text could tell who somebody is.
 *
 * Witnesses: NHS number 401 023 2137 and its check digit are the worked example of the NHS Data Dictionary ("NHS number");
 * telephone numbers are of the ranges that Ofcom keeps for drama; postcodes are the shapes of BS 7666.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/analysis/identifiers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect(enum npt__identifier kind, const char *const *texts, bool wanted)
{
    for (; *texts; texts++)
        if (npt__identifier_in(kind, *texts) != wanted)
            fail_msg("%s: %s in: %s", npt__identifier_name(kind), wanted ? "not found" : "found",
                     *texts);
}
#define TEXTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void an_address_for_mail_is_found(void **state)
{
    (void)state;
    expect(NPT__EMAIL,
           TEXTS("a@b.example", "write to jo.b-c+x@mail.north.example.", "(J_O@NORTH.EXAMPLE)"),
           true);
    expect(NPT__EMAIL,
           TEXTS("", "@", "a@", "@north.example", "we met @ the hub. Then", "a@b", "a@b.",
                 "a@.example", "a @ b.example", "a@b. Then"),
           false);
}

static void a_telephone_number_is_found(void **state)
{
    (void)state;
    expect(NPT__PHONE,
           TEXTS("07700 900123", "call 07700900123.", "(0191) 498 0123", "0191-498-0123",
                 "+44 (0)191 498 0123", "+447700900123", "in 2019 07700 900 123", "0800.496.0123",
                 "07700\xC2\xA0"
                 "900123"),
           true);
    expect(NPT__PHONE,
           TEXTS("", "in 2019 and 2020", "030", "12 345 678 901", "0191", "ABC07700900123",
                 "07700900123456789", "+44", "07700900123x", "24/12/1980"),
           false);
}

static void a_postcode_is_found(void **state)
{
    (void)state;
    expect(NPT__POSTCODE,
           TEXTS("M1 1AE", "b33 8th", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "EC1A1BB",
                 "at NE1 4LP, I think", "(M11AE)"),
           true);
    expect(NPT__POSTCODE,
           TEXTS("", "M1", "A4 paper", "Q3 2 of us", "1 AE", "XM1 1AEX", "ABC1 1AA", "M1  1AE",
                 "M1 1CE", "NE1 4LPs", "\xC3\xA9M1 1AE"),
           false);
}

static void a_number_of_the_health_service_is_told_by_its_check_digit(void **state)
{
    (void)state;
    expect(NPT__NHS_NUMBER, TEXTS("401 023 2137", "4010232137", "no. 401-023-2137!"), true);
    expect(NPT__NHS_NUMBER,
           TEXTS("401 023 2138", "401 023 213", "40102321370", "401,023,2137", "", "+4010232137"),
           false);
    /* By hand: nine ones add up to 54, 54 mod 11 = 10, and 11 - 10 = 1; 2 x 10 = 20, mod 11 = 9, and 2; 60 mod 11 = 5, and
       6. */
    expect(NPT__NHS_NUMBER, TEXTS("111 111 1111", "200 000 0002", "600 000 0006"), true);
    /* 10 mod 11 = 10, and 1. With the eighth digit 1: 10 + 3 = 13, mod 11 = 2, and 9; with the seventh: 14, 3, and 8. With
       the ninth: 12 mod 11 = 1, and 10, which no digit is. */
    expect(NPT__NHS_NUMBER, TEXTS("1000000001", "1000000109", "1000001008"), true);
    expect(NPT__NHS_NUMBER, TEXTS("1000000010", "1000000011", "1000000019"), false);
}

static void a_date_of_birth_is_found(void **state)
{
    (void)state;
    expect(NPT__BIRTH_DATE, TEXTS("24/12/1980", "born 1.2.2015.", "01-02-1990", "(29/02/2004)"),
           true);
    expect(NPT__BIRTH_DATE,
           TEXTS("", "24/12", "24/12/80", "32/12/1980", "30/02/1980", "12/13/1980", "24/12-1980",
                 "24/12/19801", "1/2/1890", "0/1/1980", "1980/12/24", "24/7 support", "0/0/0"),
           false);
}

static void every_end_of_a_text_is_kept_within(void **state)
{
    (void)state;
    static const char whole[] = "+44 (0)191 498 0123 a@b.example NE1 4LP 24/12/1980 \xC2\xA0"
                                "401 023 2137";
    char cut[sizeof whole];
    for (size_t from = 0; from < sizeof whole; from++)
        for (size_t length = 0; from + length < sizeof whole; length++) {
            memcpy(cut, whole + from, length);
            cut[length] = '\0';
            for (int kind = 0; kind < NPT__IDENTIFIERS; kind++)
                npt__identifier_in((enum npt__identifier)kind, cut); /* sanitizers look */
        }
    assert_true(npt__identifier_in(NPT__NHS_NUMBER, whole));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_for_mail_is_found),
        cmocka_unit_test(a_telephone_number_is_found),
        cmocka_unit_test(a_postcode_is_found),
        cmocka_unit_test(a_number_of_the_health_service_is_told_by_its_check_digit),
        cmocka_unit_test(a_date_of_birth_is_found),
        cmocka_unit_test(every_end_of_a_text_is_kept_within),
    };
    return cmocka_run_group_tests_name("identifiers", tests, NULL, NULL);
}
