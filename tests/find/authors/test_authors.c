#include "support/support.h"

#include "find/authors/authors.h"

/* One block with the role of a byline, as text/lines would leave it. */
static struct job *byline_job(const char *text)
{
    struct job *job = support_job(INPUT_TEXT, slice_from_cstr(text));
    job->article.text = job->input;
    job->article.blocks = arena_calloc(job->arena, 1, sizeof *job->article.blocks);
    job->article.block_count = 1;
    job->article.blocks[0] = (struct block){.span = {0, (uint32_t)job->input.len}, .role = ROLE_BYLINE};
    ck_assert_int_eq(authors_run(job), ERR_NONE);
    return job;
}

static struct slice names_of(const struct job *job)
{
    struct slice names = SLICE("");
    for (uint32_t i = 0; i < job->article.author_count; i++)
        names = arena_printf(job->arena, "%.*s%s%.*s", SLICE_ARG(names), i ? " + " : "",
                             SLICE_ARG(job->article.authors[i].value));
    return names;
}

static const struct {
    const char *byline, *names;
} bylines[] = {
    {"By Maria Marsh", "Maria Marsh"},
    {"BY MARIA MARSH", "Maria Marsh"},
    {"By Maria Marsh in Oslo and Peter Dahlgren in Bergen", "Maria Marsh + Peter Dahlgren"},
    {"By Maria Marsh, Staff Writer", "Maria Marsh"},
    {"By Maria Marsh, West of Scotland correspondent", "Maria Marsh"},
    {"By Dr. Maria Marsh | 5 March 2024 | Updated 6 March 2024", "Maria Marsh"},
    {"By Maria Marsh. Saturday 25 March", "Maria Marsh"},
    {"Maria Marsh | 4 min read | Aug 3, 2022", "Maria Marsh"},
    {"Maria Marsh (now) and Peter Dahlgren (earlier)", "Maria Marsh + Peter Dahlgren"},
    {"June 30, 2022 - 6:40 PM - by Maria Marsh", "Maria Marsh"},
    {"(Reporting by Maria Marsh; editing by Peter Dahlgren)", "Maria Marsh"},
    {"Climate correspondent: Maria Marsh  --  17.05.2021", "Maria Marsh"},
    {"Words: Maria Marsh, photos: Peter Dahlgren", "Maria Marsh"},
    {"@ Marsh Lane Stadium", ""},
    {"Date: 03/04/2024     Author: Newsdesk     Views: 12", ""},
    {"Home   News   Weather   Shop", ""},
    {"June 30, 2022 - 6:40 PM EAT - by Maria Marsh", "Maria Marsh"},
    {"Staff reporter", ""},
    {"Marsh Maschinenbau AG", ""},
    {"Von Kunigunde Obermoser und Jakob Tannhuber", "Kunigunde Obermoser + Jakob Tannhuber"},
    {"Text: Kunigunde Obermoser, Fotos: Jakob Tannhuber", "Kunigunde Obermoser"},
    {"Ein Gastbeitrag von Kunigunde Obermoser", "Kunigunde Obermoser"},
    {"ARD-Korrespondentin Kunigunde Obermoser", "Kunigunde Obermoser"},
    {"Von Annette von der Heyde, Wien", "Annette von der Heyde"},
    {"Text: Kunigunde Obermoser Fotos: Jakob Tannhuber", "Kunigunde Obermoser"},
    {"Interview mit Kunigunde Obermoser", ""},
    {"Por Ximena Olmedo, de Puebla", "Ximena Olmedo"},
    {"Posted on June 30, 2022 by Maria Marsh", "Maria Marsh"},
    {"Par Solenn Kergoat, envoyée spéciale à Quito", "Solenn Kergoat"},
    {"Por Ximena Olmedo y Raúl Ibarrola", "Ximena Olmedo + Raúl Ibarrola"},
    {"REDACCIÓN / Ciudad de Puebla / 09/10/2023 - 11:42", ""},
    {"Di Fiorenza Galvani", "Fiorenza Galvani"},
    {"Haber Merkezi 24.03.2022 - 09:14", ""},
    {"Haber: Defne Uysal", "Defne Uysal"},
    {"लेखक: मीरा त्रिपाठीUpdated 4 मई 2021", "मीरा त्रिपाठी"},
    {"记者林春阳 摄", ""},
    {"记者林春阳", "林春阳"},
    {"입력 2021.03.02 09:15 한나래 기자 구독", "한나래"},
    {"Tüm yazıları", ""},
    {"Conclusi i lavori di consolidamento", ""},
    {"Trip report by Phil Garner", "Phil Garner"},
    {"Von Dr. phil. Kunigunde Obermoser", "Kunigunde Obermoser"},
    {"Dan Ruddock and Maria Marsh", "Dan Ruddock + Maria Marsh"},
    {"Maria MarshNew York", "Maria Marsh"},
    {"Maria McKay", "Maria McKay"},
    {"Inês Meireles (texto) e Rui Trindade (fotografia)", "Inês Meireles"},
    {"Γράφει η Μαρίνα Κουτσού Κατηγορία: Τοπικά", "Μαρίνα Κουτσού"},
    {"(記者陳怡君／台南報導)", "陳怡君"},
    {"From: Maria Marsh", "Maria Marsh"},
    {"An alias by .bashrc", ""},
    {"Door Marijke Hoekstra", "Marijke Hoekstra"},
    {"Autor: Bożena Wilczak", "Bożena Wilczak"},
    {"Автор: Ирина Лапшина", "Ирина Лапшина"},
    {"Yazan: Şebnem Karaca", "Şebnem Karaca"},
    {"Szerző: Szalóki Ágnes", "Szalóki Ágnes"},
    {"Της Μαρίνας Κουτσού Παρασκευή 18 Ιουνίου 2021", "Μαρίνας Κουτσού"},
    {"Interview von Kunigunde Obermoser mit Jakob Tannhuber", "Kunigunde Obermoser"},
    {"Von Kunigunde Obermoser mit Jakob Tannhuber", "Kunigunde Obermoser + Jakob Tannhuber"},
    {"Опубліковано користувачем Соломія Гринь, сб, 23/10/2021 - 17:45", "Соломія Гринь"},
    {"Sorry about that.", ""},
    {"By", ""},
    {"", ""},
};

START_TEST(reads_bylines)
{
    struct job *job = byline_job(bylines[_i].byline);
    ck_assert_slice_eq(names_of(job), bylines[_i].names);
    support_job_free(job);
}
END_TEST

START_TEST(says_where_it_was)
{
    struct job *job = byline_job("By MARIA MARSH, Staff Writer");
    const struct finding *author = &job->article.authors[0];
    ck_assert_int_eq(author->source, SOURCE_BYLINE);
    ck_assert(author->has_span);
    ck_assert_slice_eq(article_text(&job->article, author->span), "MARIA MARSH");
    ck_assert_slice_eq(author->raw, "By MARIA MARSH, Staff Writer");
    support_job_free(job);
}
END_TEST

#define STORY                                                                                                          \
    "<p>The harbour was closed on Monday after a barge struck the eastern pier, the port authority said, and it "      \
    "will stay closed until divers have looked at the damage.</p><p>Nobody was hurt. The barge carried gravel for "    \
    "the new breakwater, which the town has waited for since the great storm, and lies on the bottom now.</p>"         \
    "<p>\"We heard it before we saw it,\" said Ludmila Prchal, who sells ice cream next to the pier.</p>"

static const struct {
    const char *head, *before, *after, *names;
} pages[] = {
    {"<meta name=author content='Maria Marsh'>", "", "", "Maria Marsh"},
    {"<meta name=author content='By Maria Marsh and Peter Dahlgren'>", "", "", "Maria Marsh + Peter Dahlgren"},
    {"<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\","
     "\"headline\":\"Barge strikes pier\",\"author\":[{\"@type\":\"Person\",\"name\":\"Maria Marsh\"},"
     "{\"@type\":\"Person\",\"name\":\"Peter Dahlgren\"}]}</script>",
     "", "", "Maria Marsh + Peter Dahlgren"},
    {"<link rel=canonical href=https://port.example/barge><script type='application/ld+json'>{\"@context\":\"https://schema.org\","
     "\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Ferry sold\",\"url\":\"https://port.example/ferry\","
     "\"author\":{\"@type\":\"Person\",\"name\":\"Peter Dahlgren\"}},{\"@type\":\"NewsArticle\","
     "\"headline\":\"Barge strikes pier\",\"url\":\"https://port.example/barge\",\"author\":{\"@type\":\"Person\","
     "\"name\":\"Maria Marsh\"}}]}</script>",
     "", "", "Maria Marsh"},
    {"", "<p class=byline>By <a rel=author href=/o>Maria Marsh</a></p>", "", "Maria Marsh"},
    {"", "<div class=meta>Posted on May 4, 2021 by <a href=/o>Maria Marsh</a></div>", "", "Maria Marsh"},
    {"<meta name=author content=admin>", "<p>By Maria Marsh</p>", "", "Maria Marsh"},
    {"", "<p>By Maria Marsh</p>",
     "<ol class=comments><li class=comment><span class=comment-author>Gull77</span><p>By the way, they "
     "knew.</p></li></ol>",
     "Maria Marsh"},
    {"", "", "<ol class=comments><li class=comment><span class=comment-author>Gull77</span><p>They knew.</p></li></ol>",
     ""},
    {"<meta name=author content=admin>", "", "", ""},
    {"", "<div class=author>Posted on June 30, 2022 by Maria Marsh</div>", "", "Maria Marsh"},
    {"", "<div class=author>Author: <b>Tern77</b> on 30.06.2022, 13:36</div>", "", "Tern77"},
    {"", "<p class=byline>By Maria Marsh, Oslo</p>", "", "Maria Marsh"},
    {"", "<p class=byline>By Maria Marsh, New York</p>", "", "Maria Marsh"},
    {"", "<p class=byline>Text: Maria Marsh<br>Pictures: Peter Dahlgren</p>", "", "Maria Marsh"},
    {"", "<p>An interview with Maria Marsh</p>", "", ""},
    {"", "<p class=author>Beitragvon <b>Tern77</b></p>", "", "Tern77"},
    {"<meta name=author content=wordpressadmin>", "", "", ""},
    {"", "<p><a href=/author/mm>Maria Marsh</a></p>", "<p><a href=/author/pd>Peter Dahlgren</a></p>", "Maria Marsh"},
    {"", "<div><a href=/autor/mm>Maria Marsh</a></div><div><a href=/autor/pd>Peter Dahlgren</a></div>",
     "<aside><h3>Opinion</h3><a href=/autor/la>Ludvig Aas</a></aside>", "Maria Marsh"},
    {"", "<p>Maria Marsh Journalist</p>", "", "Maria Marsh"},
    {"", "<ul><li>30 June 2022<li>Maria Marsh<li>2 min read</ul>", "", "Maria Marsh"},
    {"", "<p><span>30 June 2022</span> <span>Maria Marsh</span></p>", "", "Maria Marsh"},
    {"", "", "<h3>Press contact</h3><p>Maria Marsh</p>", ""},
    {"", "", "<h3>Reviews (2)</h3><p><b>Maria Marsh</b> 30 June 2022</p>", ""},
    {"<meta name=author content=BP_Redaktion>", "", "", ""},
    {"", "<p class=byline>By Maria Marsh, skipper at tern.example</p>", "", "Maria Marsh"},
    {"", "", "<div id=comments><h3>2 comments</h3><div class=entry><b>Peter Dahlgren</b> says:<p>They knew.</p></div></div>",
     ""},
    {"", "",
     "<ul class=replies><li class=vcard><cite>Peter Dahlgren</cite> <i>says:</i><p>They knew.</p></li><li "
     "class=vcard><cite>Ludvig Aas</cite> <i>says:</i><p>They did not.</p></li></ul>",
     ""},
};

START_TEST(finds_authors_of_pages)
{
    struct arena *arena = arena_create();
    struct slice html =
        arena_printf(arena,
                     "<!doctype html><html lang=en><head><title>Barge strikes pier in Brackwater</title>%s"
                     "</head><body><article><h1>Barge strikes pier in Brackwater</h1>%s%s</article>%s</body></html>",
                     pages[_i].head, pages[_i].before, STORY, pages[_i].after);
    struct job *job = support_run(INPUT_HTML, html);
    ck_assert_slice_eq(names_of(job), pages[_i].names);
    support_job_free(job);
    arena_destroy(arena);
}
END_TEST

/* Many names, all of one line: linear, and no more than the cap. */
START_TEST(bears_long_lists)
{
    struct arena *arena = arena_create();
    char *text = arena_alloc(arena, 200000);
    for (size_t i = 0; i < 20000; i++)
        memcpy(text + i * 10, "Ada Bell, ", 10);
    struct job *job = byline_job(arena_cstr(arena, slice_of(text, 200000)));
    ck_assert_slice_eq(names_of(job), "Ada Bell");
    support_job_free(job);
    arena_destroy(arena);
}
END_TEST

Suite *authors_suite(void)
{
    Suite *suite = suite_create("authors");
    TCase *tcase = tcase_create("authors");
    tcase_add_loop_test(tcase, reads_bylines, 0, sizeof bylines / sizeof bylines[0]);
    tcase_add_test(tcase, says_where_it_was);
    tcase_add_loop_test(tcase, finds_authors_of_pages, 0, sizeof pages / sizeof pages[0]);
    tcase_add_test(tcase, bears_long_lists);
    suite_add_tcase(suite, tcase);
    return suite;
}
