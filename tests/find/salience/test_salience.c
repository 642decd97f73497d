#include "find/salience/salience.h"

#include "support/prose.h"

/* Stories in which nobody doubts which of two actors matters more. */
static const struct {
    const char *why, *text, *more, *less;
} pairs[] = {
    {"the hero of headline and lead above a passer-by",
     "Anna Lind wins the race\nAnna Lind won the race in Oslo. Lind had trained for years.\nLater Peter Holm clapped.", "Anna Lind", "Peter Holm"},
    {"who decides above who comments",
     "Council shuts the pool\nMayor Anna Lind shut the pool on Monday.\nThe analyst Peter Holm said it was cheap.", "Anna Lind", "Peter Holm"},
    {"what is told above who told it",
     "Dairy to close\nAccording to the newspaper El Faro, Skagen Dairies will close in May.\nSkagen Dairies has 90 workers.", "Skagen Dairies",
     "El Faro"},
    {"the accused above the town that he comes from",
     "Bookkeeper jailed\nDeclan Moorcroft, 52, of Harrogate, was jailed for six years on Monday.", "Declan Moorcroft", "Harrogate"},
    {"who led the work above who had no part in it",
     "Bees know faces\nBees know faces, Marisol Quintero has found.\nNeil Abernathy, who was not involved, called it careful.", "Marisol Quintero",
     "Neil Abernathy"},
    {"the town where it happens above the state that it lies in",
     "Fire in Springfield\nA fire burned two shops in Springfield, Illinois, on Monday.\nSpringfield has no fire engine.", "Springfield", "Illinois"},
    {"who acts above one of a list",
     "Kenya counts frogs\nKenya will count its frogs, as Peru, Chile and Bolivia have done.\nKenya has nine kinds.", "Kenya", "Chile"},
    {"who is meant again and again above who is named beside it",
     "A loan for ships\nOn Monday Orla Foods and Halden Bank met in Bergen.\nThe bank will lend more. The bank asked for nothing. The bank is old.\nThe bank "
     "built two ships. The bank has sold one. The bank sails the other.",
     "Halden Bank", "Orla Foods"},
    {"the man that the pronouns mean above the one that he met",
     "A walk in the rain\nIn May Erik Sund met Olav Berg.\nSund was wet. He laughed. He had lost his hat, and his coat was torn.", "Erik Sund", "Olav Berg"},
    {"a court that judges above a country that is passed through",
     "Driver loses licence\nNorwich Crown Court took the licence of a driver on Monday.\nThe lorry had come from Poland.", "Norwich Crown Court",
     "Poland"},
};

START_TEST(puts_what_matters_first)
{
    struct job *job = prose_run(pairs[_i].text);
    const struct actor *more = prose_actor(job, pairs[_i].more), *less = prose_actor(job, pairs[_i].less);
    ck_assert_msg(more && less, "%s: an actor is missing", pairs[_i].why);
    ck_assert_msg(more < less && more->salience > less->salience, "%s: %s %.3f, %s %.3f", pairs[_i].why, pairs[_i].more, (double)more->salience,
                  pairs[_i].less, (double)less->salience);
    support_job_free(job);
}
END_TEST

/* What the features are is read from the text, whatever the weights are. */
static const struct {
    const char *text, *actor, *feature;
    float value;
} read_features[] = {
    {"\nDeclan Moorcroft, 52, of Harrogate, was jailed.", "Harrogate", "attached", 1},
    {"\nDeclan Moorcroft, 52, of Harrogate, was jailed.", "Declan Moorcroft", "attached", 0},
    {"\nIt burned in Springfield, Illinois, on Monday.", "Illinois", "container", 1},
    {"\nIt burned in Springfield, Illinois, on Monday.", "Springfield", "container", 0},
    {"\nPeru, Chile and Bolivia count frogs.", "Chile", "chain", 1},
    {"\nPeru and Bolivia count frogs.", "Peru", "chain", 0},
    {"\n\"It rained,\" said Anna Lind.\nIt was May.\n«It snowed», said Peter Holm.", "Anna Lind", "voice", 0.5f},
    {"\n“It rained,” said Anna Lind. “It did.” Anna Lind sang.", "Anna Lind", "voice", 1},
    {"\nAnna Lind sang.\n„It rained“, said Peter Holm.", "Anna Lind", "voice", 0},
    {"\n\"It rained,\" said the World Bank.", "World Bank", "voice", 0},
    {"\nNeil Abernathy, who was not involved, sang.", "Neil Abernathy", "outsider", 1},
    {"\nNeil Abernathy, who was involved, sang.", "Neil Abernathy", "outsider", 0},
    {"\nThe analyst Peter Holm sang.", "Peter Holm", "comments", 1},
    {"\nThe minister Peter Holm sang.", "Peter Holm", "comments", 0},
    {"\nMayor Anna Lind sang.", "Anna Lind", "leader", 1},
    {"\nDeputy mayor Anna Lind sang.", "Anna Lind", "leader", 0},
    {"\nThe suspects, Anna Lind and Peter Holm, sang.", "Peter Holm", "principal", 1},
    {"\nThe singers, Anna Lind and Peter Holm, sang.", "Peter Holm", "principal", 0},
    {"\nThe work was led by Anna Lind in May.", "Anna Lind", "led", 1},
    {"\nAnna Lind, a botanist in Oslo, who led the work, sang.", "Anna Lind", "led", 1},
    {"\nThe work was seen by Anna Lind in May.", "Anna Lind", "led", 0},
    {"\nIt rained in Peru and Bolivia.", "Bolivia", "pair", 1},
    {"\nPeru and Bolivia count frogs.", "Bolivia", "pair", 0},
    {"\nThe lorry came from Poland.", "Poland", "whence", 1},
    {"\nThe lorry stood in Poland.", "Poland", "whence", 0},
    {"\nNorway's Sigrid Haaland won.", "Norway", "nation", 1},
    {"\nNorway's frogs won.", "Norway", "nation", 0},
    {"\nSkagen Dairies of Aalborg will close.", "Aalborg", "seat", 1},
    {"\nIn Aalborg, Skagen Dairies will close.", "Aalborg", "seat", 0},
    {"\nThe Aalborg Museum in Aalborg will close.", "Aalborg", "namesake", 1},
    {"\nThe Skagen Museum in Aalborg will close.", "Aalborg", "namesake", 0},
    {"\nThe Porto Museum in Porto Alegre will close.", "Porto Alegre", "namesake", 0},
    {"Bergen Orchestra sings\nThe Bergen Philharmonic Orchestra sang on Monday.", "Bergen Orchestra", "shadow", 1},
    {"Halden Bank sings\nThe Bergen Philharmonic Orchestra sang on Monday.", "Halden Bank", "shadow", 0},
    {"\nThe Norwegian minister and the Norwegian king sang. Norway won.", "Norway", "origin_count", 1.0986123f},
    {"Anna Lind sings\nIt rained.", "Anna Lind", "headline_person", 1},
    {"Norway sings\nIt rained.", "Norway", "headline_place", 1},
    {"Norway sings\nIt rained.", "Norway", "headline_person", 0},
    {"\nAnna Lind sang.", "Anna Lind", "first_person", 1},
    {"\nNorway sang.", "Norway", "first_place", 1},
    {"\nBILLINGS, Montana - It rained on Monday.", "Montana", "mentions", 0},
    {"\nErfurt, 3 mai (lsw) - It rained on Monday.", "Erfurt", "mentions", 0},
    {"\nErfurt - It rained on Monday.", "Erfurt", "mentions", 0},
    {"\nErfurt said on Monday - and on Tuesday - that it rained.", "Erfurt", "mentions", 0.6931472f},
};

START_TEST(reads_features)
{
    struct job *job = prose_run(read_features[_i].text);
    const struct actor *actor = prose_actor(job, read_features[_i].actor);
    ck_assert_msg(actor != NULL, "%s is missing", read_features[_i].actor);
    float(*features)[SALIENCE_FEATURES] = salience_features(job);
    size_t f = 0;
    while (f < SALIENCE_FEATURES && strcmp(salience_feature_names[f], read_features[_i].feature))
        f++;
    ck_assert_uint_lt(f, SALIENCE_FEATURES);
    ck_assert_float_eq_tol(features[actor - job->article.actors][f], read_features[_i].value, 1e-6f);
    support_job_free(job);
}
END_TEST

Suite *salience_suite(void);
Suite *salience_suite(void)
{
    Suite *suite = suite_create("salience");
    TCase *tcase = tcase_create("salience");
    tcase_add_loop_test(tcase, puts_what_matters_first, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(tcase, reads_features, 0, sizeof read_features / sizeof read_features[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
