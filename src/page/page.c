#include "page/page.h"

#include "article/limits.h"
#include "attributes_internal.h"
#include "json_story_internal.h"
#include "page/blocks.h"
#include "page/claims.h"

#define TOKENS_BETWEEN_CLOCK_READINGS 4096

struct reader {
    const struct page_lexicon *lexicon;
    struct tokenizer *tokenizer;
    struct block_builder *blocks;
    struct claim_collector *claims; /* NULL: what is read claims nothing */
    bool foreign;
};

/* The tokenizer has no tree to see that it is inside of svg or math. */
static void tell_foreign(struct reader *reader)
{
    bool foreign = blocks_in_foreign(reader->blocks);
    if (foreign != reader->foreign)
        tokenizer_set_foreign(reader->tokenizer, foreign);
    reader->foreign = foreign;
}

static void read_start(struct reader *reader, const struct html_token *token)
{
    static const struct tag_attributes none;
    struct tag_attributes attributes;
    if (token->attribute_count)
        attributes_read(reader->lexicon, token, &attributes);
    const struct tag_attributes *given = token->attribute_count ? &attributes : &none;
    struct page_place place = blocks_start(reader->blocks, token, given);
    if (reader->claims) {
        if (!place.depth)
            claims_close(reader->claims, blocks_depth(reader->blocks));
        claims_start(reader->claims, token, given, &place);
    }
    tell_foreign(reader);
}

static void read_token(struct reader *reader, const struct html_token *token)
{
    switch (token->kind) {
    case HTML_TEXT:
        if (reader->claims)
            claims_text(reader->claims, token);
        if (!token->raw)
            blocks_text(reader->blocks, token->text);
        break;
    case HTML_START_TAG: read_start(reader, token); break;
    case HTML_END_TAG:
        blocks_end(reader->blocks, token);
        if (reader->claims)
            claims_close(reader->claims, blocks_depth(reader->blocks));
        tell_foreign(reader);
        break;
    default: break;
    }
}

static enum err read_tokens(struct job *job, struct reader *reader, struct slice html)
{
    struct html_token token;
    reader->tokenizer = tokenizer_create(job->arena, html);
    for (unsigned count = 1; tokenizer_next(reader->tokenizer, &token); count++) {
        if (count % TOKENS_BETWEEN_CLOCK_READINGS == 0 && job_is_late(job))
            return job_fail(job, ERR_DEADLINE, NULL);
        read_token(reader, &token);
    }
    return ERR_NONE;
}

#define SHOWS_NO_STORY 600 /* bytes of text: a menu, "please enable JavaScript" */

/* What the page leaves to a script is read as if the script had written it. */
static enum err read_hidden_story(struct job *job, struct reader *reader)
{
    struct slice story = json_story_find(job);
    reader->claims = NULL;
    return story.len ? read_tokens(job, reader, story) : ERR_NONE;
}

enum err page_run(struct job *job)
{
    struct reader reader = {
        .lexicon = job->knowledge->page, .blocks = blocks_create(job), .claims = claims_create(job)};
    enum err err = read_tokens(job, &reader, job->input);
    if (err)
        return err;
    blocks_close(reader.blocks);
    claims_finish(reader.claims);
    if (blocks_bytes(reader.blocks) < SHOWS_NO_STORY)
        err = read_hidden_story(job, &reader);
    blocks_finish(reader.blocks);
    return err;
}
