/* tag-names: reads words from standard input, one a line, a blank line between sentences, -DOCSTART-
 * between documents; writes word<TAB>tag (B-PER, I-ORG, ... or O).
 * usage: tag-names [MODEL] < words > tags */
#include "corpus.h"

static const char *tag_name(uint8_t tag)
{
    static const char *const names[2][4] = {{"B-PER", "B-ORG", "B-LOC", "B-MISC"},
                                            {"I-PER", "I-ORG", "I-LOC", "I-MISC"}};
    if (tag == TAG_O)
        return "O";
    unsigned place = (tag - 1u) % 4;
    return names[place == TAG_I || place == TAG_L][(tag - 1u) / 4];
}

static void print_document(const struct corpus *corpus, const struct tagger *tagger,
                           const struct corpus_document *document)
{
    struct arena *arena = arena_create();
    struct corpus_view view = corpus_view(corpus, arena, document, false);
    uint8_t *tags = arena_calloc(arena, view.token_count, 1);
    uint32_t base = corpus->sentences[document->first].first;
    tagger_tag(tagger, arena, view.tokens, view.token_count, view.sentences, view.sentence_count, view.caseless, tags,
               NULL);
    for (uint32_t s = 0; s < view.sentence_count; s++) {
        for (uint32_t i = view.sentences[s].first; i < view.sentences[s].end; i++)
            printf("%.*s\t%s\n", SLICE_ARG(corpus->words[base + i]), tag_name(tags[i]));
        putchar('\n');
    }
    arena_destroy(arena);
}

int main(int argc, char **argv)
{
    struct corpus corpus = {.arena = arena_create()};
    const struct lexicon *lexicon = lexicon_create(corpus.arena);
    struct slice model = argc > 1 ? corpus_read_file(corpus.arena, argv[1]) : lexicon_embedded_model("names.bin");
    const struct tagger *tagger = tagger_create(corpus.arena, gazetteer_create(corpus.arena, lexicon), model);
    if (!tagger) {
        fprintf(stderr, "tag-names: no model\n");
        return 1;
    }
    corpus_read(&corpus, corpus_read_file(corpus.arena, "/dev/stdin"), 0);
    for (uint32_t d = 0; d < corpus.document_count; d++)
        print_document(&corpus, tagger, &corpus.documents[d]);
    arena_destroy(corpus.arena);
    return 0;
}
