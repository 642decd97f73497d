#include "base/resident.h"

#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#define GIVEN_BACK_FROM (1 << 20)
#define KEPT_FREE (64 << 20) /* at the top of a heap */

void resident_keep_steady(size_t heaps)
{
    mallopt(M_ARENA_MAX, (int)heaps);
    mallopt(M_MMAP_THRESHOLD, GIVEN_BACK_FROM);
    mallopt(M_TRIM_THRESHOLD, KEPT_FREE);
}

/* A refusal (the kernel's own pages) leaves things as they are. */
static int forget_object(struct dl_phdr_info *object, size_t size, void *context)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    (void)size;
    (void)context;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || segment->p_flags & PF_W)
            continue;
        uintptr_t start = (object->dlpi_addr + segment->p_vaddr) & ~(page - 1);
        uintptr_t end = (object->dlpi_addr + segment->p_vaddr + segment->p_memsz + page - 1) & ~(page - 1);
        madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

void resident_forget_files(void)
{
    dl_iterate_phdr(forget_object, NULL);
}
