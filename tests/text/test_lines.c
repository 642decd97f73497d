#include "support/support.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "text/lines.h"

/* A text with the role of each block before it, "role|text" a row; joined lines show as one. */
static const struct {
    const char *name;
    const char *const rows[16];
} texts[] = {
    {"teasers that end otherwise",
     {"headline|Harbour pilots in Gdansk end their strike",
      "body|The harbour pilots of Gdansk went back to work on Friday after the port agreed to pay them for nights.",
      "body|Ships had waited in the bay for nine days, and the port authority put its loss at six million zlotys.",
      "body|The union said its members would vote on the agreement next week.",
      "teaser|A chef in Lima has turned the humble potato into a tasting menu of fourteen courses, and diners…",
      "teaser|Why everybody in Stockholm is suddenly knitting socks for their dogs… Continue reading",
      "teaser|Ten beaches of Sardinia that nobody knows 5 min read",
      "consent_notice|This website uses cookies."}},
    {"headlines alone after the end",
     {"headline|Museum finds lost map in a drawer",
      "body|The town museum of Delft has found a map of the siege of 1572 in a drawer that had been stuck for a century.",
      "body|Its keeper, Wies Hartog, said a carpenter who came to mend the cabinet had pulled out the map with the drawer.",
      "body|The map will be shown from April, the museum said.",
      "teaser|Barcelona sign teenage striker from Malmo",
      "teaser|Chocolate prices reach new high in London",
      "teaser|Storm closes airports across Florida"}},
    {"no headline",
     {"body|Police in Turin arrested two men on Monday who had sold the same flat to eleven families, the prosecutor said.",
      "body|The flat belonged to neither of them. A judge will decide on Wednesday whether they stay in prison."}},
    {"a single sentence", {"body|The ferry to Mull will not sail today because of the wind, the operator said."}},
    {"a headline alone", {"headline|Ferry to Mull cancelled because of wind"}},
    {"German",
     {"navigation|Startseite > Politik > Inland",
      "headline|Stadtrat von Erlangen stimmt für neue Brücke",
      "byline|Von Hannelore Wiesgrill",
      "dateline|Stand: 03.05.2023, 11:20 Uhr",
      "share|Teilen",
      "body|Der Stadtrat von Erlangen hat am Mittwoch mit knapper Mehrheit für eine neue Brücke über die Regnitz gestimmt.",
      "body|Die Kosten liegen bei neun Millionen Euro, wie der Kämmerer sagte. Gebaut werden soll ab dem Frühjahr.",
      "advertisement|Anzeige",
      "body|Die Gegner der Brücke wollen nun Unterschriften für einen Bürgerentscheid sammeln.",
      "teaser|Mehr zum Thema",
      "teaser|Sturm deckt Dächer in Fürth ab",
      "footer|© Regnitzpost 2023. Alle Rechte vorbehalten."}},
    {"the page's title above its headline",
     {"navigation|Fire destroys mill in Lodz - The Daily Loom",
      "navigation|Home",
      "headline|Fire destroys mill in Lodz",
      "byline|Agnieszka Pruss",
      "dateline|Mon 4 Jan 2016 10.00 GMT",
      "body|A fire has destroyed the last cotton mill of Lodz that was still standing, the fire service said on Monday.",
      "body|It took ninety firefighters eleven hours to put it out. The mill had been empty since 1999."}},
    {"a question as headline",
     {"headline|Why do cats purr?",
      "body|Cats purr for many reasons, and not all of them are happy ones, researchers in Vienna have found.",
      "body|They listened to ninety cats for two years and slept little, the report says."}},
    {"a box of related stories",
     {"headline|Nairobi opens its first street without cars",
      "body|Luthuli Avenue was closed to cars on Tuesday after two years of quarrels, the county government said.",
      "body|Traders had feared for their customers. By noon the street was so full that a band could not get through.",
      "teaser|RELATED STORIES",
      "teaser|Mombasa ferry to get new ramps",
      "teaser|Kisumu pupils win chess trophy",
      "body|The county wants to close three more streets by December, and the traders no longer object."}},
    {"interruptions",
     {"headline|Beekeepers count a million lost hives",
      "byline|By Tamsin Roebuck, 14 March 2024, 10:32 GMT",
      "body|Beekeepers in five countries lost more than a million hives this winter, an association said on Thursday.",
      "caption|Photo: Jens Holmquist/Bildhuset",
      "body|The association, which is based in Brussels, blamed a mite and a wet autumn for most of the losses.",
      "newsletter|Sign up for our morning newsletter",
      "body|Farmers who rent hives for their orchards said that prices had doubled within a year.",
      "teaser|Related: Honey fraud ring broken up in Vienna",
      "subheading|A wet autumn",
      "body|It rained on forty days of fifty, and the bees stayed in, the association said.",
      "author_bio|Tamsin Roebuck is a staff writer on the science desk.",
      "comment|Comments (2)",
      "comment|oldbee: I lost nine hives and the mite was in every one of them, so there.",
      "comment|Jutta K. says: In our valley it was the rain, not the mite. We fed them until May."}},
};

START_TEST(labels_blocks)
{
    const char *const *rows = texts[_i].rows;
    struct buffer input = buffer_make(1 << 20);
    uint32_t count = 0;
    for (; count < 16 && rows[count]; count++) {
        buffer_append_cstr(&input, strchr(rows[count], '|') + 1);
        buffer_append_byte(&input, '\n');
    }
    struct job *job = support_job(INPUT_TEXT, SLICE_NULL);
    job->article.text = buffer_slice(&input);
    ck_assert_int_eq(lines_run(job), ERR_NONE);
    ck_assert_uint_eq(job->article.block_count, count);
    for (uint32_t i = 0; i < count; i++) {
        struct slice role = slice_of(rows[i], (size_t)(strchr(rows[i], '|') - rows[i]));
        const char *found = role_name(job->article.blocks[i].role);
        ck_assert_msg(slice_equals(role, slice_from_cstr(found)), "%s: %s, not %s", texts[_i].name, found, rows[i]);
        ck_assert_slice_eq(block_text(&job->article, &job->article.blocks[i]), strchr(rows[i], '|') + 1);
    }
    support_job_free(job);
    buffer_free(&input);
}
END_TEST

static const struct {
    const char *text;
    const char *const blocks[6];
} splits[] = {
    {"One\r\nTwo\rThree\xE2\x80\xA8 Four ", {"One", "Two", "Three", "Four"}},
    {"\xC2\xA0 A \n \n\xC2\xA0\n B\n", {"A", "B"}},
    {"Council closes the bridge\n\nThe council closed the bridge on Monday because\nthe last storm had loosened two of "
     "its piers, a\nspokesman said.\nIt will open again when the river has fallen, and\nnobody knows when that will be."
     "\n",
     {"Council closes the bridge",
      "The council closed the bridge on Monday because\nthe last storm had loosened two of its piers, a\nspokesman said.",
      "It will open again when the river has fallen, and\nnobody knows when that will be."}},
    /* one case alone: lines that end where the margin is were wrapped, lines of any length were not */
    {"THE COUNCIL CLOSED THE BRIDGE ON MONDAY BECAUSE\nTHE LAST STORM HAD LOOSENED TWO OF ITS PIERS, A\nSPOKESMAN FOR THE TOWN SAID IN THE MORNING, AND\n"
     "IT WILL OPEN IN MAY.\n",
     {"THE COUNCIL CLOSED THE BRIDGE ON MONDAY BECAUSE\nTHE LAST STORM HAD LOOSENED TWO OF ITS PIERS, A\nSPOKESMAN FOR THE TOWN SAID IN THE MORNING, AND\n"
      "IT WILL OPEN IN MAY."}},
    {"council closes the old bridge over the river until may\nby ana kos\nmonday\nthe council closed the bridge on monday.\n",
     {"council closes the old bridge over the river until may", "by ana kos", "monday", "the council closed the bridge on monday."}},
    {"First of the short lines\nand a second one\nThird", {"First of the short lines", "and a second one", "Third"}},
};

START_TEST(splits_lines)
{
    struct job *job = support_job(INPUT_TEXT, SLICE_NULL);
    job->article.text = slice_from_cstr(splits[_i].text);
    ck_assert_int_eq(lines_run(job), ERR_NONE);
    uint32_t count = 0;
    for (; count < 6 && splits[_i].blocks[count]; count++) {
        ck_assert_uint_lt(count, job->article.block_count);
        ck_assert_slice_eq(block_text(&job->article, &job->article.blocks[count]), splits[_i].blocks[count]);
    }
    ck_assert_uint_eq(job->article.block_count, count);
    support_job_free(job);
}
END_TEST

START_TEST(marks_gaps)
{
    struct job *job = support_job(INPUT_TEXT, SLICE_NULL);
    job->article.text = SLICE("A\n\nB\nC");
    ck_assert_int_eq(lines_run(job), ERR_NONE);
    ck_assert_uint_eq(job->article.blocks[0].flags, BLOCK_BEFORE_GAP);
    ck_assert_uint_eq(job->article.blocks[1].flags, BLOCK_AFTER_GAP);
    ck_assert_uint_eq(job->article.blocks[2].flags, 0);
    support_job_free(job);
}
END_TEST

START_TEST(refuses_blank_text)
{
    struct job *job = support_job(INPUT_TEXT, SLICE_NULL);
    job->article.text = SLICE(" \n\t\r\n\xC2\xA0");
    ck_assert_int_eq(lines_run(job), ERR_NO_TEXT);
    support_job_free(job);
}
END_TEST

/* "Subject: " is cut off the headline, whose span then begins behind it. */
START_TEST(cuts_labels)
{
    struct job *job = support_job(INPUT_TEXT, SLICE_NULL);
    job->article.text = SLICE("From: desk@wire.example\nSubject: Dam near Kariba lowered\n\n"
                              "The water behind the dam near Kariba was lowered by a metre on Sunday, engineers said.\n");
    ck_assert_int_eq(lines_run(job), ERR_NONE);
    ck_assert_int_eq(job->article.blocks[1].role, ROLE_HEADLINE);
    ck_assert_slice_eq(block_text(&job->article, &job->article.blocks[1]), "Dam near Kariba lowered");
    ck_assert_int_eq(job->article.blocks[2].role, ROLE_BODY);
    support_job_free(job);
}
END_TEST

START_TEST(stays_linear)
{
    static const char *const pieces[] = {"a\n", "Read more Read more ", "|\n", "The cat sat on the mat and slept. ",
                                         "and so\n", ". . ", "by By by\n", "12:30\n",
                                         "Tour dates:\n", "3 comments\n", "To: a\n",
                                         "Storm closes airports across Florida\nLIMA (Agency) - The storm came.\n"};
    struct buffer text = buffer_make(3 << 20);
    while (text.len < 2 << 20)
        buffer_append_cstr(&text, pieces[_i]);
    struct job *job = support_job(INPUT_TEXT, SLICE_NULL);
    job->article.text = buffer_slice(&text);
    int64_t start = clock_now_ns();
    ck_assert_int_eq(lines_run(job), ERR_NONE);
    ck_assert_int_lt(clock_now_ns() - start, support_at_most(5000000000)); /* some 0.2 s here; a square would take minutes */
    support_job_free(job);
    buffer_free(&text);
}
END_TEST

#define LENGTH(array) (int)(sizeof(array) / sizeof((array)[0]))

Suite *lines_suite(void)
{
    Suite *suite = suite_create("lines");
    TCase *tcase = tcase_create("lines");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, labels_blocks, 0, LENGTH(texts));
    tcase_add_loop_test(tcase, splits_lines, 0, LENGTH(splits));
    tcase_add_test(tcase, marks_gaps);
    tcase_add_test(tcase, refuses_blank_text);
    tcase_add_test(tcase, cuts_labels);
    tcase_add_loop_test(tcase, stays_linear, 0, 12);
    suite_add_tcase(suite, tcase);
    return suite;
}
