/* resident: what of its memory the process keeps. */
#ifndef NEWSMETA_BASE_RESIDENT_H
#define NEWSMETA_BASE_RESIDENT_H

#include <stddef.h>

/* Lets go of the pages of the program and its libraries that were read so far and never written: code that ran once,
 * tables that were compiled into others, libraries that were bound and are not called. What is read again is mapped
 * again. For the end of a start. */
void resident_forget_files(void);

/* For a process that is to run for months under changing load; before its first thread. Left to itself, the C library
 * makes up to eight heaps a core, of which each keeps what it once needed; gives the top of a heap back and takes it
 * again with every burst; and comes to keep blocks of up to 32 MiB, once it has seen one freed. From here on all
 * threads share `heaps`; what bursts need of small blocks stays, for the next; large blocks go back at once. */
void resident_keep_steady(size_t heaps);

#endif
