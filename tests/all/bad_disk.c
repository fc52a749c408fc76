/* A disk that does what the file that BAD_DISK names says, for as long as it is there:
 *
 *   (empty)   nothing that is to stay is answered
 *   sync      syncing fails with EIO, and what was written since the last sync is lost, as Linux may lose it
 *   full      a write takes a hundred bytes, and the next one nothing
 *   readonly  nothing can be written, made or opened to be written
 *
 * Only what lies under the folder that BAD_DISK_UNDER names; the terminal and pipes never. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum does { WELL, HOLDS, SYNC, FULL, READONLY };

static enum does disk(void) {
    const char *sign = getenv("BAD_DISK");
    char word[16] = "";
    if (!sign)
        return WELL;
    int file = (int)syscall(SYS_openat, AT_FDCWD, sign, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return WELL;
    ssize_t length = syscall(SYS_read, file, word, sizeof word - 1);
    close(file);
    if (length <= 0)
        return HOLDS;
    if (strcmp(word, "sync") == 0)
        return SYNC;
    if (strcmp(word, "full") == 0)
        return FULL;
    return READONLY;
}

static int is_under(const char *path) {
    const char *under = getenv("BAD_DISK_UNDER");
    return under && strncmp(path, under, strlen(under)) == 0;
}

/* An ordinary file or a folder on this disk. */
static int is_on_it(int file) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_under(path);
}

static int refuses(int file, enum does what, int error) {
    if (disk() != what || !is_on_it(file))
        return 0;
    errno = error;
    return 1;
}

#define FILES 1024
static off_t synced[FILES];

static int sync_it(int file, const char *name) {
    int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    while (disk() == HOLDS)
        usleep(2000);
    struct stat about;
    int ordinary = file >= 0 && file < FILES && fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    if (disk() == SYNC && is_on_it(file)) {
        if (ordinary && synced[file] > 0 && synced[file] < about.st_size && ftruncate(file, synced[file]) != 0)
            abort();
        errno = EIO;
        return -1;
    }
    int done = next(file);
    if (done == 0 && ordinary)
        synced[file] = about.st_size;
    return done;
}

int fdatasync(int file) { return sync_it(file, "fdatasync"); }

int fsync(int file) { return sync_it(file, "fsync"); }

int close(int file) {
    if (file >= 0 && file < FILES)
        synced[file] = 0;
    return (int)syscall(SYS_close, file);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) {
    ssize_t (*next)(int, const void *, size_t, off64_t) =
        (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    if (refuses(file, READONLY, EROFS))
        return -1;
    if (disk() == FULL && is_on_it(file)) {
        static int took;
        took = !took;
        if (took && length > 100)
            return next(file, bytes, 100, at);
        took = 0;
        errno = ENOSPC;
        return -1;
    }
    return next(file, bytes, length, at);
}

ssize_t write(int file, const void *bytes, size_t length) {
    if (refuses(file, READONLY, EROFS) || refuses(file, FULL, ENOSPC))
        return -1;
    return syscall(SYS_write, file, bytes, length);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, mode_t);
    va_end(more);
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && is_under(path) && disk() == READONLY) {
        errno = EROFS;
        return -1;
    }
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int mkdir(const char *path, mode_t mode) {
    if (is_under(path) && disk() == READONLY) {
        errno = EROFS;
        return -1;
    }
    return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}
