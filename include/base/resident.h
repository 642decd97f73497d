/* resident: memory that only repeats what lies in files. */
#ifndef NEWSMETA_BASE_RESIDENT_H
#define NEWSMETA_BASE_RESIDENT_H

/* Lets go of the pages of the program and its libraries that were read so far and never written: code that ran once, tables
 * that were compiled into others, libraries that were bound and are not called. What is read again is mapped again. For the
 * end of a start. */
void resident_forget_files(void);

#endif
