/* Fuzzes batches as the command reads them: lines of jobs (NDJSON), or what the first bytes say that it is. It ends, and as many lines
 * come out as answers are counted, each of them JSON. */
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz_support.h"
#include "pipeline/batch.h"

static int file_of(const uint8_t *data, size_t size)
{
    int fd = memfd_create("batch", 0);
    require(fd >= 0 && write(fd, data, size) == (ssize_t)size && lseek(fd, 0, SEEK_SET) == 0);
    return fd;
}

static uint64_t require_lines(struct slice text)
{
    uint64_t count = 0;
    struct slice line;
    while (text.len && slice_split(&text, '\n', &line)) {
        fuzz_require_json(line);
        count++;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct batch_options options = {.knowledge = fuzz_knowledge(), .jobs = 1};
    struct batch_input input = {.fd = file_of(data, size), .stop_fd = -1};
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    require(out != NULL);
    struct batch_result result = batch_run(&options, &input, out);
    require(fclose(out) == 0 && result.written && require_lines(slice_of(text, len)) == result.progress.answers);
    close(input.fd);
    free(text);
    return 0;
}
