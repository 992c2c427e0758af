/* test_data_child.c - what a child may send and do that reads a data file, were it taken over by the file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "../nptkit/ingest/data_file_wire.h"
#include "data_file_expect.h"

#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define IS_INSTRUMENTED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_INSTRUMENTED true
#endif
#endif
#ifndef IS_INSTRUMENTED
#define IS_INSTRUMENTED false
#endif

#define STALL 20 /* seconds: nothing here takes as long */

static void expect_child(int (*run)(void *user, int pipe), void *user, const char *text)
{
    struct data_reading reading = data_receive(run, user, STALL);
    assert_string_equal(npt_diags_text(reading.diags, false), text);
    assert_int_equal(reading.status, *text ? NPT_BAD_INPUT : NPT_OK);
    data_close(&reading);
}

static int write_all(const npt__buffer *bytes, int pipe)
{
    size_t done = 0;
    while (done < bytes->length) {
        const ssize_t length = write(pipe, bytes->bytes + done, bytes->length - done);
        if (length < 0)
            return 1;
        done += (size_t)length;
    }
    return 0;
}

static void add_number(npt__buffer *bytes, uint32_t number)
{
    npt__buffer_add(bytes, (const char *)&number, sizeof number);
}

static void add_frame(npt__buffer *bytes, uint32_t kind, const char *payload, size_t length)
{
    add_number(bytes, kind);
    add_number(bytes, (uint32_t)length);
    npt__buffer_add(bytes, payload, length);
}

/* A frame of texts: "Ann|4" are two. */
static void add_texts(npt__buffer *bytes, uint32_t kind, const char *texts)
{
    npt__buffer payload = {0};
    for (;;) {
        const size_t length = strcspn(texts, "|");
        add_number(&payload, (uint32_t)length);
        npt__buffer_add(&payload, texts, length);
        npt__buffer_putc(&payload, '\0');
        if (!texts[length])
            break;
        texts += length + 1;
    }
    add_frame(bytes, kind, payload.bytes, payload.length);
    npt__buffer_release(&payload);
}

static int send_bytes(void *user, int pipe)
{
    return write_all(user, pipe);
}

static void frames_in_their_order_are_taken(void **state)
{
    (void)state;
    npt__buffer bytes = {0};
    add_texts(&bytes, NPT__DATA_COLUMN, "q1|How?");
    add_texts(&bytes, NPT__DATA_LABEL, "1|yes");
    add_texts(&bytes, NPT__DATA_MISSING, "9");
    add_texts(&bytes, NPT__DATA_COLUMN, "q2|");
    add_frame(&bytes, NPT__DATA_ROWS, "", 0);
    add_texts(&bytes, NPT__DATA_ROW, "1|2");
    add_texts(&bytes, NPT__DATA_ROW, "|");
    add_texts(&bytes, NPT__DATA_ROW, "|caf\xC3\xA9");
    add_frame(&bytes, NPT__DATA_END, "", 0);
    struct data_reading reading = data_receive(send_bytes, &bytes, STALL);
    assert_string_equal(npt_diags_text(reading.diags, false), "");
    assert_int_equal(reading.status, NPT_OK);
    assert_string_equal(reading.head.bytes, "q1|How?|1=yes|!9\nq2|\n");
    assert_string_equal(reading.rows.bytes, "[1][2]/[][caf\xC3\xA9]/");
    assert_int_equal(reading.account.rows, 2);
    assert_int_equal(reading.account.empty_rows, 1);
    assert_int_equal(reading.last_line, 3);
    data_close(&reading);
    npt__buffer_release(&bytes);
}

static const char astray[] =
    "a.sav: error: could not be read: the reader of SPSS and Stata files went astray\n" AS_CSV;

/* What stands before the frame that is no good. */
enum before { NOTHING, ONE_COLUMN, ALL_COLUMNS };

static void expect_astray(enum before before, uint32_t kind, const char *payload, size_t length)
{
    npt__buffer bytes = {0};
    if (before != NOTHING)
        add_texts(&bytes, NPT__DATA_COLUMN, "q1|");
    if (before == ALL_COLUMNS)
        add_frame(&bytes, NPT__DATA_ROWS, "", 0);
    add_frame(&bytes, kind, payload, length);
    add_frame(&bytes, NPT__DATA_END, "", 0);
    expect_child(send_bytes, &bytes, astray);
    npt__buffer_release(&bytes);
}

#define PAYLOAD(text) (text), sizeof(text) - 1

static void frames_that_no_child_of_ours_sends_are_refused(void **state)
{
    (void)state;
    expect_astray(NOTHING, 0, PAYLOAD(""));
    expect_astray(NOTHING, 99, PAYLOAD(""));
    expect_astray(NOTHING, NPT__DATA_END, PAYLOAD(""));
    expect_astray(NOTHING, NPT__DATA_LABEL, PAYLOAD("\1\0\0\0a\0\1\0\0\0b\0"));
    expect_astray(NOTHING, NPT__DATA_MISSING, PAYLOAD("\1\0\0\0a\0"));
    expect_astray(ONE_COLUMN, NPT__DATA_ROW, PAYLOAD("\1\0\0\0a\0"));
    expect_astray(ONE_COLUMN, NPT__DATA_ROWS, PAYLOAD("x"));
    expect_astray(ONE_COLUMN, NPT__DATA_COLUMN, PAYLOAD("\1\0\0\0a\0"));
    expect_astray(ONE_COLUMN, NPT__DATA_RANGE, PAYLOAD("\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    expect_astray(ALL_COLUMNS, NPT__DATA_ROWS, PAYLOAD(""));
    expect_astray(ALL_COLUMNS, NPT__DATA_COLUMN, PAYLOAD("\1\0\0\0a\0\1\0\0\0b\0"));
    expect_astray(ALL_COLUMNS, NPT__DATA_END, PAYLOAD("x"));
    expect_astray(ALL_COLUMNS, NPT__DATA_FAULT, PAYLOAD("\1\0\0\0"));
    /* counts of a range: for a column that is not there, and of more cases than there were */
    expect_astray(ALL_COLUMNS, NPT__DATA_RANGE, PAYLOAD("\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0"));
    expect_astray(ALL_COLUMNS, NPT__DATA_RANGE, PAYLOAD("\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    /* cells: none, too many, longer than their frame, without a NUL, with one inside, no UTF-8 */
    expect_astray(ALL_COLUMNS, NPT__DATA_ROW, PAYLOAD(""));
    expect_astray(ALL_COLUMNS, NPT__DATA_ROW, PAYLOAD("\1\0\0"));
    expect_astray(ALL_COLUMNS, NPT__DATA_ROW, PAYLOAD("\1\0\0\0a\0\1\0\0\0b\0"));
    expect_astray(ALL_COLUMNS, NPT__DATA_ROW, PAYLOAD("\2\0\0\0a\0"));
    expect_astray(ALL_COLUMNS, NPT__DATA_ROW, PAYLOAD("\377\377\377\377a\0"));
    expect_astray(ALL_COLUMNS, NPT__DATA_ROW, PAYLOAD("\1\0\0\0ab"));
    expect_astray(ALL_COLUMNS, NPT__DATA_ROW, PAYLOAD("\3\0\0\0a\0b\0"));
    expect_astray(ALL_COLUMNS, NPT__DATA_ROW, PAYLOAD("\1\0\0\0\377\0"));
    expect_astray(ALL_COLUMNS, NPT__DATA_ROW, PAYLOAD("\3\0\0\0\355\240\200\0")); /* a surrogate */
}

static int send_a_long_frame(void *user, int pipe)
{
    npt__buffer bytes = {0};
    add_number(&bytes, NPT__DATA_ROW);
    add_number(&bytes, *(const uint32_t *)user);
    return write_all(&bytes, pipe) || pause();
}

struct many {
    uint32_t kind;
    unsigned count;
};

/* A variable, then as many frames of a kind, and what belongs behind them. */
static int send_many(void *user, int pipe)
{
    const struct many *many = user;
    npt__buffer bytes = {0}, one = {0};
    add_texts(&one, many->kind, many->kind == NPT__DATA_MISSING ? "1" : "1|");
    add_texts(&bytes, NPT__DATA_COLUMN, "q|");
    npt__buffer_reserve(&bytes, many->count * one.length);
    for (unsigned i = 0; i < many->count; i++)
        npt__buffer_add(&bytes, one.bytes, one.length);
    add_frame(&bytes, NPT__DATA_ROWS, "", 0);
    add_frame(&bytes, NPT__DATA_END, "", 0);
    return write_all(&bytes, pipe);
}

static void a_child_cannot_make_its_parent_hoard(void **state)
{
    (void)state;
    uint32_t number = 0xFFFFFFFF;
    expect_child(send_a_long_frame, &number, astray);
    number = (64u << 20) + 1;
    expect_child(send_a_long_frame, &number, astray);
    struct many many = {NPT__DATA_COLUMN, 9999};
    expect_child(send_many, &many, "");
    many.count++;
    expect_child(send_many, &many, astray);
    if (IS_INSTRUMENTED || getenv("VALGRIND"))
        return; /* a million labels would take them a minute */
    many = (struct many){NPT__DATA_LABEL, 1000000};
    expect_child(send_many, &many, "");
    many.count++;
    expect_child(send_many, &many, astray);
    many = (struct many){NPT__DATA_MISSING, 1000000};
    expect_child(send_many, &many, "");
    many.count++;
    expect_child(send_many, &many, astray);
}

static int crash(void *user, int pipe)
{
    (void)pipe;
    return raise(*(int *)user);
}

/* All that a child sends of one variable and one case. */
static int send_row(const char *cell, int pipe)
{
    npt__buffer bytes = {0};
    add_texts(&bytes, NPT__DATA_COLUMN, "q1|");
    add_frame(&bytes, NPT__DATA_ROWS, "", 0);
    add_texts(&bytes, NPT__DATA_ROW, cell);
    add_frame(&bytes, NPT__DATA_END, "", 0);
    return write_all(&bytes, pipe);
}

static int leave(void *user, int pipe)
{
    (void)user;
    npt__buffer bytes = {0};
    add_texts(&bytes, NPT__DATA_COLUMN, "q1|");
    add_frame(&bytes, NPT__DATA_ROWS, "", 0);
    add_texts(&bytes, NPT__DATA_ROW, "4");
    return write_all(&bytes, pipe);
}

static int fall_silent(void *user, int pipe)
{
    (void)user, (void)pipe;
    while (pause() < 0)
        continue;
    return 0;
}

static int close_and_linger(void *user, int pipe)
{
    (void)user;
    close(pipe);
    while (pause() < 0)
        continue;
    return 0;
}

static int compute_for_ever(void *user, int pipe)
{
    (void)user, (void)pipe;
    for (volatile unsigned i = 1; i; i += 2)
        continue;
    return 0;
}

static int say_that_it_is_done_and_linger(void *user, int pipe)
{
    (void)user;
    send_row("4", pipe);
    while (pause() < 0)
        continue;
    return 0;
}

#define STOPPED "a.sav: error: could not be read: the reader of SPSS and Stata files stopped"
#define TOO_SLOW "a.sav: error: could not be read within 1 seconds\n" AS_CSV

static void a_child_that_crashes_or_hangs_is_a_fault(void **state)
{
    (void)state;
    int number = SIGSEGV;
    expect_child(crash, &number, STOPPED " (signal 11)\n" AS_CSV);
    number = SIGABRT;
    expect_child(crash, &number, STOPPED " (signal 6)\n" AS_CSV);
    struct data_reading reading = data_receive(leave, NULL, STALL);
    assert_string_equal(npt_diags_text(reading.diags, false), STOPPED "\n" AS_CSV);
    assert_int_equal(reading.status, NPT_BAD_INPUT);
    assert_string_equal(reading.rows.bytes, "[4]/"); /* what came before is handed over */
    data_close(&reading);
    reading = data_receive(fall_silent, NULL, 1);
    assert_int_equal(reading.status, NPT_BAD_INPUT);
    assert_string_equal(npt_diags_text(reading.diags, false), TOO_SLOW);
    data_close(&reading);
    expect_child(close_and_linger, NULL, STOPPED " (signal 9)\n" AS_CSV);
    expect_child(say_that_it_is_done_and_linger, NULL, "");
}

static int allocate_for_ever(void *user, int pipe)
{
    (void)user, (void)pipe;
    for (int i = 0; i < 64; i++)
        npt__allocate((size_t)32 << 20);
    return 0;
}

static void a_child_has_a_second_of_computing_and_a_gibibyte(void **state)
{
    (void)state;
    expect_child(compute_for_ever, NULL, TOO_SLOW);
    if (IS_INSTRUMENTED || getenv("VALGRIND"))
        return; /* they need more memory themselves */
    expect_child(allocate_for_ever, NULL,
                 "a.sav: error: could not be read within 1 GB of memory\n" AS_CSV);
}

static int read_a_file_of_the_parent(void *user, int pipe)
{
    char byte;
    const bool reads = read(*(int *)user, &byte, 1) == 1;
    return send_row(reads ? "read" : "not read", pipe);
}

static int start_a_process(void *user, int pipe)
{
    (void)user;
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    return send_row(child > 0 ? "started" : "not started", pipe);
}

static int write_a_file(void *user, int pipe)
{
    (void)user;
    const int file = open("written", O_WRONLY | O_CREAT, 0600);
    return send_row(write(file, "x", 1) == 1 ? "written" : "not written", pipe);
}

static int send_a_five(void *user, int pipe)
{
    (void)user;
    return send_row("5", pipe);
}

static void ignore(int number)
{
    (void)number;
}

static void expect_row(int (*run)(void *user, int pipe), void *user, const char *rows)
{
    struct data_reading reading = data_receive(run, user, STALL);
    assert_int_equal(reading.status, NPT_OK);
    assert_string_equal(npt__buffer_string(&reading.rows), rows);
    data_close(&reading);
}

static void a_child_sees_no_other_file_and_starts_no_process(void **state)
{
    (void)state;
    fixture_write_text("secret", "secret");
    int secret = open("secret", O_RDONLY);
    assert_true(secret >= 0);
    expect_row(read_a_file_of_the_parent, &secret, "[not read]/");
    close(secret);
    if (getuid() != 0) /* the limit does not hold root */
        expect_row(start_a_process, NULL, "[not started]/");
}

static void a_child_writes_no_file(void **state)
{
    (void)state;
    if (IS_INSTRUMENTED)
        skip();                                               /* sanitizers write reports */
    struct sigaction action = {.sa_handler = ignore}, before; /* of the host: forgotten */
    assert_int_equal(sigaction(SIGXFSZ, &action, &before), 0);
    char text[200];
    snprintf(text, sizeof text, "%s (signal %d)\n" AS_CSV, STOPPED, SIGXFSZ);
    expect_child(write_a_file, NULL, text);
    assert_int_equal(sigaction(SIGXFSZ, &before, NULL), 0);
}

static bool open_and_close(const char *encoding)
{
    const iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return false;
    iconv_close(converter);
    return true;
}

static int convert(void *user, int pipe)
{
    (void)user;
    return send_row(open_and_close("KOI8-R") ? "converted" : "not converted", pipe);
}

/* Holds a lock of the C library most of the time. */
static void *convert_for_ever(void *stops)
{
    do
        open_and_close("SHIFT-JIS");
    while (pthread_mutex_trylock(stops) != 0);
    return NULL;
}

static void locks_of_other_threads_do_not_keep_a_child_from_reading(void **state)
{
    (void)state;
    if (IS_INSTRUMENTED || getenv("VALGRIND"))
        skip(); /* there this thread hardly ever runs, or a fork takes longer than its patience */
    pthread_mutex_t stops;
    pthread_t thread;
    pthread_mutex_init(&stops, NULL);
    pthread_mutex_lock(&stops);
    assert_int_equal(pthread_create(&thread, NULL, convert_for_ever, &stops), 0);
    for (int i = 0; i < 30; i++)
        expect_row(convert, NULL, "[converted]/");
    pthread_mutex_unlock(&stops);
    pthread_join(thread, NULL);
    pthread_mutex_unlock(&stops);
    pthread_mutex_destroy(&stops);
}

static void a_host_that_ignores_its_children_can_read(void **state)
{
    (void)state;
    struct sigaction action = {.sa_handler = SIG_IGN}, before;
    assert_int_equal(sigaction(SIGCHLD, &action, &before), 0);
    int number = SIGSEGV;
    expect_row(send_a_five, NULL, "[5]/");
    expect_child(crash, &number, STOPPED "\n" AS_CSV); /* by which signal, nobody knows */
    assert_int_equal(sigaction(SIGCHLD, &before, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(frames_in_their_order_are_taken),
        FIXTURE_TEST(frames_that_no_child_of_ours_sends_are_refused),
        FIXTURE_TEST(a_child_cannot_make_its_parent_hoard),
        FIXTURE_TEST(a_child_that_crashes_or_hangs_is_a_fault),
        FIXTURE_TEST(a_child_has_a_second_of_computing_and_a_gibibyte),
        FIXTURE_TEST(a_child_sees_no_other_file_and_starts_no_process),
        FIXTURE_TEST(a_child_writes_no_file),
        FIXTURE_TEST(locks_of_other_threads_do_not_keep_a_child_from_reading),
        FIXTURE_TEST(a_host_that_ignores_its_children_can_read),
    };
    return cmocka_run_group_tests_name("data_child", tests, NULL, NULL);
}
