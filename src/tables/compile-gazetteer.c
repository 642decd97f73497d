/* compile-gazetteer: writes the gazetteer's table, made from data/lexicon, to stdout. Runs when the program is
 * built; it is linked with the tables alone, so that it finds no compiled one. */
#include <stdio.h>

#include "model/gazetteer.h"

int main(void)
{
    struct arena *arena = arena_create();
    struct buffer out = buffer_make((size_t)64 << 20);
    bool good = gazetteer_write(gazetteer_create(arena, lexicon_create(arena)), &out) &&
                fwrite(out.ptr, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    buffer_free(&out);
    arena_destroy(arena);
    return good ? 0 : 1;
}
