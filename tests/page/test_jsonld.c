#include "page/jsonld.h"
#include "page/page.h"
#include "support/support.h"

/* All claims of one script, one a line: name, '*' where it belongs to an article, value. */
static struct slice read_script(struct job *job, struct slice script)
{
    struct slice list = SLICE("");
    jsonld_read(job, &script, 1);
    for (uint32_t i = 0; i < job->article.claim_count; i++) {
        const struct claim *claim = &job->article.claims[i];
        ck_assert_int_eq(claim->source, SOURCE_JSON_LD);
        if (claim->kind != CLAIM_TYPE)
            list = arena_printf(job->arena, "%.*s%.*s%s=%.*s;", SLICE_ARG(list), SLICE_ARG(claim->name),
                                claim->article ? "*" : "", SLICE_ARG(claim->value));
    }
    return list;
}

static const struct {
    const char *script, *claims;
} scripts[] = {
    {"{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"datePublished\":\"2024-05-06\",\"wordCount\":7}",
     "headline*=H;datePublished*=2024-05-06;"},
    {"[{\"@type\":\"https://schema.org/BlogPosting\",\"headline\":\"H\"}]", "headline*=H;"},
    {"{\"@type\":[\"Thing\",\"Article\"],\"schema:headline\":\"H\"}", "headline*=H;"},
    /* authors in all their forms */
    {"{\"@type\":\"Article\",\"author\":\"A B\"}", "author*=A B;"},
    {"{\"@type\":\"Article\",\"author\":[\"A\",{\"@type\":\"Person\",\"name\":\"B\"},{\"@list\":[\"C\"]}]}",
     "author*=A;author*=B;author*=C;"},
    {"{\"@type\":\"Article\",\"author\":{\"name\":[\"A\",\"B\"]}}", "author*=A;author*=B;"},
    {"{\"@type\":\"Article\",\"author\":{\"@type\":\"Person\",\"url\":\"https://x.org/a\"}}",
     "author*=https://x.org/a;"},
    {"{\"@type\":\"Article\",\"author\":{\"givenName\":\"A\",\"familyName\":\"B\"}}", "givenName=A B;"},
    {"{\"@graph\":[{\"@type\":\"Article\",\"author\":{\"@id\":\"#p\"},\"publisher\":{\"@id\":\"#o\"}},"
     "{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"A\"},{\"@type\":\"Organization\",\"@id\":\"#o\",\"name\":\"O\"}]}",
     "author*=A;publisher*=O;"},
    {"{\"@type\":\"Article\",\"@id\":\"x\",\"author\":{\"@id\":\"x\"},\"name\":[{\"@id\":\"x\"}]}", ""}, /* itself */
    /* what else a page may hold */
    {"{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Site\"},{\"@type\":\"WebPage\",\"name\":\"P\"},"
     "{\"@type\":\"NewsArticle\",\"headline\":\"H\"}]}",
     "headline*=H;name=Site;name=P;"},
    {"{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"Article\",\"headline\":\"H\"}}", "headline*=H;"},
    {"{\"@type\":\"VideoObject\",\"name\":\"V\",\"uploadDate\":\"2024\"}", "name=V;uploadDate=2024;"},
    {"{\"@type\":\"Article\",\"headline\":\"H\",\"comment\":{\"@type\":\"Comment\",\"author\":\"No\"}}",
     "headline*=H;"},
    {"{\"@type\":\"Organization\",\"name\":\"O\"}", ""},
    {"{\"@type\":\"BreadcrumbList\",\"itemListElement\":[{\"name\":\"Home\"},{\"item\":{\"name\":\"Sport\"}},"
     "{\"name\":\"Page\"}]}",
     "itemListElement=Sport;"},
    {"{\"@type\":\"Article\",\"keywords\":\"a, b\",\"isAccessibleForFree\":false,\"inLanguage\":{\"name\":\"de\"},"
     "\"image\":[{\"@type\":\"ImageObject\",\"url\":\"i.jpg\"}],\"mainEntityOfPage\":{\"@id\":\"https://x.org/\"}}",
     "keywords*=a;keywords*=b;isAccessibleForFree*=false;inLanguage*=de;image*=i.jpg;"
     "mainEntityOfPage*=https://x.org/;"},
    /* values */
    {"{\"@type\":\"Article\",\"headline\":\" A &amp;#8217;\\n <b>b</b>  c \"}",
     "headline*=A \xE2\x80\x99 b c;"},
    {"{\"@type\":\"Article\",\"headline\":\"\",\"author\":null,\"datePublished\":1715000000}",
     "datePublished*=1715000000;"},
    /* broken, and mended */
    {"<!-- {\"@type\":\"Article\",\"headline\":\"H\"} -->", "headline*=H;"},
    {"//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"H\"}\n//]]>", "headline*=H;"},
    {"{\"@type\":\"Article\",\"headline\":\"H\",};", "headline*=H;"},
    {"{\"@type\":\"Article\",\"headline\":\"H\n\tI\",\"author\":[\"A\",]}", "headline*=H I;author*=A;"},
    {"{\"@type\":\"Article\",\"headline\":\"H\"", "headline*=H;"},
    {"{\"@type\":\"Article\",\"author\":{\"name\":\"A\"},\"headline\":\"H", "author*=A;headline*=H;"},
    {"{\"@type\":\"Article\",\"headline\":\"H\"}{\"@type\":\"WebSite\",\"name\":\"S\"}", "headline*=H;name=S;"},
    {"{\"@type\":\"Article\",\"headline\":\"The \"so-called\" end\",\"author\":\"A\"}",
     "headline*=The \"so-called\" end;author*=A;"},
    {"{\"@type\":\"Article\",\"headline\":\"Called \"A\", then\",\"author\":\"B\"}",
     "headline*=Called \"A\", then;author*=B;"},
    {"{\"@type\":\"Article\",\"headline\":\"It\\'s \\x\"}", "headline*=It's x;"},
    {"{\"@type\":\"Article\"\n\"headline\":\"H\"]}", "headline*=H;"},
    {"{\"@type\":\"Article\",,\"headline\":\"\\ud800 H\"}", "headline*=\xEF\xBF\xBD H;"},
    /* beyond mending */
    {"{{title}}", ""},
    {"window.x = 1", ""},
    {"", ""},
};

START_TEST(reads_scripts)
{
    struct job *job = support_job(INPUT_HTML, SLICE(""));
    struct slice claims = read_script(job, slice_from_cstr(scripts[_i].script));
    ck_assert_slice_eq(claims, scripts[_i].claims);
    support_job_free(job);
}
END_TEST

START_TEST(puts_the_pages_own_article_first)
{
    struct job *job = support_job(INPUT_HTML, SLICE("<title>Second &mdash; Site</title>"
        "<link rel=canonical href=https://x.org/third/>"
        "<script type=application/ld+json>[{\"@type\":\"Article\",\"headline\":\"First\"},"
        "{\"@type\":\"Article\",\"headline\":\"Second\"}]</script>"
        "<script type='application/ld+json; charset=utf-8'>{\"@type\":\"Article\",\"headline\":\"Third\","
        "\"mainEntityOfPage\":\"http://x.org/third#top\"}</script>"));
    static const char *const order[] = {"Third", "Second", "First"};
    ck_assert_int_eq(page_run(job), ERR_NONE);
    uint32_t found = 0, entity = 0;
    for (uint32_t i = 0; i < job->article.claim_count; i++) {
        const struct claim *claim = &job->article.claims[i];
        if (claim->kind != CLAIM_HEADLINE || claim->source != SOURCE_JSON_LD)
            continue;
        ck_assert_slice_eq(claim->value, order[found++]);
        ck_assert_uint_gt(claim->entity, entity);
        entity = claim->entity;
    }
    ck_assert_uint_eq(found, 3);
    support_job_free(job);
}
END_TEST

START_TEST(tells_an_author_from_an_organization)
{
    struct job *job = support_job(INPUT_HTML, SLICE(""));
    read_script(job, SLICE("{\"@type\":\"Article\",\"author\":[{\"@type\":\"Organization\",\"name\":\"O\"},\"S\"]}"));
    const struct claim *author = article_claim(&job->article, CLAIM_AUTHOR, SOURCE_JSON_LD, 0);
    ck_assert_slice_eq(author->type, "Organization");
    ck_assert(slice_is_null(author[1].type));
    support_job_free(job);
}
END_TEST

/* Depth, size and repetition cost no more than their bytes. */
START_TEST(survives_floods)
{
    static const char *const units[] = {"[", "{\"a\":", "\"", "{\"@type\":\"Article\",\"headline\":\"H\"}", "]", "\\"};
    size_t unit = strlen(units[_i]), count = 2000000 / unit;
    struct job *job = support_job(INPUT_HTML, SLICE(""));
    char *script = arena_alloc(job->arena, unit * count);
    for (size_t i = 0; i < count; i++)
        memcpy(script + i * unit, units[_i], unit);
    read_script(job, slice_of(script, unit * count));
    ck_assert_uint_le(job->article.claim_count, 4000);
    support_job_free(job);
}
END_TEST

START_TEST(warns_of_what_it_cannot_read)
{
    struct job *job = support_job(INPUT_HTML, SLICE(""));
    read_script(job, SLICE("{\"a\" \"b\" : : }"));
    ck_assert_uint_eq(job->article.warning_count, 1);
    ck_assert_str_eq(job->article.warnings[0].code, "json_ld_unreadable");
    support_job_free(job);
}
END_TEST

Suite *jsonld_suite(void)
{
    Suite *suite = suite_create("jsonld");
    TCase *tcase = tcase_create("jsonld");
    tcase_add_loop_test(tcase, reads_scripts, 0, (int)(sizeof scripts / sizeof scripts[0]));
    tcase_add_test(tcase, puts_the_pages_own_article_first);
    tcase_add_test(tcase, tells_an_author_from_an_organization);
    tcase_add_loop_test(tcase, survives_floods, 0, 6);
    tcase_add_test(tcase, warns_of_what_it_cannot_read);
    suite_add_tcase(suite, tcase);
    return suite;
}
