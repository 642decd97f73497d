#include "pipeline/answer_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)64 << 10)
#define LAST_KEPT ((size_t)1 << 10) /* of a line: more than the id of a job takes */

static ssize_t read_at(int fd, char *bytes, size_t size, off_t at)
{
    ssize_t got;
    do
        got = pread(fd, bytes, size, at);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Counts complete lines; *last is where the last of them begins. */
static bool count_lines(struct answer_file *file, off_t *last)
{
    char block[BLOCK];
    ssize_t got;
    *last = 0;
    for (off_t at = 0; (got = read_at(file->fd, block, sizeof block, at)) > 0; at += got) {
        struct slice seen = slice_of(block, (size_t)got);
        for (size_t i = 0; (i = slice_find_byte(seen, '\n', i)) != SLICE_NOT_FOUND; i++) {
            *last = file->end;
            file->end = at + (off_t)i + 1;
            file->answers++;
        }
    }
    return got == 0;
}

static bool read_start(struct answer_file *file, off_t at, off_t end, struct buffer *out)
{
    size_t room = end - at < (off_t)LAST_KEPT ? (size_t)(end - at) : LAST_KEPT;
    if (room == 0)
        return true;
    char *bytes = buffer_reserve(out, room);
    ssize_t got = bytes ? read_at(file->fd, bytes, room, at) : -1;
    out->len += got > 0 ? (size_t)got : 0;
    return got >= 0;
}

/* So that a slip of the pen cuts no other file: each line of answers begins with the id, and no line of jobs has an
 * answer's keys behind it. */
static bool is_answer(struct slice line)
{
    bool id = slice_starts(line, SLICE("{\"id\":"));
    return id && (line.len == LAST_KEPT || slice_find(line, SLICE(",\"headline\":"), 0) != SLICE_NOT_FOUND ||
                  slice_find(line, SLICE(",\"problem\":"), 0) != SLICE_NOT_FOUND);
}

static const char *examine(struct answer_file *file)
{
    struct stat status;
    off_t last;
    if (fstat(file->fd, &status) != 0)
        return strerror(errno);
    if (!S_ISREG(status.st_mode))
        return "is not a file";
    if (flock(file->fd, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? "another run writes to it" : strerror(errno);
    if (!count_lines(file, &last) || !read_start(file, last, file->end, &file->last))
        return strerror(errno);
    if (file->answers)
        return is_answer(buffer_slice(&file->last)) ? NULL : "holds something else than answers";
    struct buffer torn = buffer_make(LAST_KEPT);
    bool read = read_start(file, 0, status.st_size, &torn);
    bool start = slice_starts(SLICE("{\"id\":"), slice_sub(buffer_slice(&torn), 0, SLICE("{\"id\":").len));
    buffer_free(&torn);
    return !read ? strerror(errno) : start ? NULL : "holds something else than answers";
}

bool answer_file_open(const char *path, struct answer_file *file, const char **why)
{
    *file = (struct answer_file){.fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666), .last = buffer_make(LAST_KEPT)};
    *why = file->fd < 0 ? strerror(errno) : examine(file);
    if (!*why)
        return true;
    if (file->fd >= 0)
        close(file->fd);
    answer_file_free(file);
    return false;
}

bool answer_file_is(const struct answer_file *file, int fd, const char *path)
{
    struct stat one, other;
    return fstat(file->fd, &one) == 0 && (path ? stat(path, &other) : fstat(fd, &other)) == 0 &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

FILE *answer_file_continue(struct answer_file *file)
{
    if (ftruncate(file->fd, file->end) != 0 || lseek(file->fd, file->end, SEEK_SET) < 0)
        return NULL;
    return fdopen(file->fd, "w");
}

void answer_file_free(struct answer_file *file)
{
    buffer_free(&file->last);
}
