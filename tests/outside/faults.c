/* Makes the n-th call that changes a file, or the n-th that reads one, fail, or kills the process
 * before it.
 *
 *   cc -shared -fPIC -o faults.so faults.c -ldl
 *   FAULT_AT=7 FAULT=error LD_PRELOAD=./faults.so undersigned ...
 *
 * FAULT is "error" (the call fails with FAULT_ERRNO, default ENOSPC) or "kill". Without
 * FAULT_AT nothing fails; the number of calls is written to the file FAULT_COUNT. Only writes
 * to files are counted: not those to standard output and error, to a socket, or to what wakes
 * a thread of the desk. With FAULT_READS, reads and openings for reading are counted instead,
 * and fail with EIO. */
#define _GNU_SOURCE
#define _LARGEFILE64_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;
static __thread int inside;

static long setting(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text ? atol(text) : otherwise;
}

/* Counts a call; returns 1 if it is to fail. */
static int fault(void) {
    long at = setting("FAULT_AT", 0), now = atomic_fetch_add(&calls, 1) + 1;
    if (at == 0 || now != at)
        return 0;
    const char *kind = getenv("FAULT");
    if (kind && kind[0] == 'k')
        kill(getpid(), SIGKILL);
    errno = (int)setting("FAULT_ERRNO", setting("FAULT_READS", 0) ? EIO : ENOSPC);
    return 1;
}

/* Counts a call that changes a file. */
static int change(void) { return setting("FAULT_READS", 0) ? 0 : fault(); }

/* Tells a file; pipes, sockets, and what wakes a thread are none. */
static int is_file(int fd, off_t least) {
    struct stat about;
    if (fd <= 2 || inside)
        return 0;
    inside = 1;
    int is = fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_size >= least;
    inside = 0;
    return is;
}

/* Counts a call that reads a file; what the system tells is empty, and is none. */
static int reads(int fd) { return setting("FAULT_READS", 0) && is_file(fd, 1) && fault(); }

__attribute__((destructor)) static void tell(void) {
    const char *file = getenv("FAULT_COUNT");
    if (!file)
        return;
    FILE *out = fopen(file, "w");
    if (out) {
        fprintf(out, "%ld\n", atomic_load(&calls));
        fclose(out);
    }
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t read(int fd, void *bytes, size_t length) { return reads(fd) ? -1 : REAL(read)(fd, bytes, length); }
ssize_t pread64(int fd, void *bytes, size_t length, off_t at) {
    return reads(fd) ? -1 : REAL(pread64)(fd, bytes, length, at);
}
ssize_t write(int fd, const void *bytes, size_t length) {
    if (is_file(fd, 0) && change())
        return -1;
    return REAL(write)(fd, bytes, length);
}
int rename(const char *from, const char *to) { return change() ? -1 : REAL(rename)(from, to); }
int renameat(int a, const char *from, int b, const char *to) {
    return change() ? -1 : REAL(renameat)(a, from, b, to);
}
int link(const char *from, const char *to) { return change() ? -1 : REAL(link)(from, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) {
    return change() ? -1 : REAL(linkat)(a, from, b, to, flags);
}
int unlink(const char *path) { return change() ? -1 : REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { return change() ? -1 : REAL(mkdir)(path, mode); }
int chmod(const char *path, mode_t mode) { return change() ? -1 : REAL(chmod)(path, mode); }
int fsync(int fd) { return change() ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return change() ? -1 : REAL(fdatasync)(fd); }
int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    if ((flags & O_CREAT) && change())
        return -1;
    return REAL(open64)(path, flags, mode);
}
