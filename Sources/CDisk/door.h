// The door to what the C library shows only to _GNU_SOURCE, which Swift's Glibc module is built
// without. Declarations only: there is no code of our own here.
#ifndef JALON_CDISK_DOOR_H
#define JALON_CDISK_DOOR_H

/// renameat2(2): the only rename that can refuse to replace what is there.
extern int renameat2(int from_folder, const char *from, int to_folder, const char *to,
                     unsigned int flags);

/// syncfs(2): one call for many files, which reports errors (sync(2) does not).
extern int syncfs(int descriptor);

/// malloc_trim(3): gives memory that was freed back to the system.
extern int malloc_trim(unsigned long padding);

/// mallopt(3): sets how the allocator works; 0 means that it refused.
extern int mallopt(int parameter, int value);

/// M_ARENA_MAX of <malloc.h>.
enum { JALON_M_ARENA_MAX = -8 };

/// RENAME_NOREPLACE and O_NOATIME of <linux/fs.h> and <fcntl.h>; the same on x86-64 and arm64.
enum { JALON_RENAME_NOREPLACE = 1, JALON_O_NOATIME = 01000000 };

#endif
