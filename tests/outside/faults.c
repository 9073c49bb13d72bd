/* Makes the n-th call that changes a file fail, or kills the process before it.
 *
 *   cc -shared -fPIC -o faults.so faults.c -ldl
 *   FAULT_AT=7 FAULT=error LD_PRELOAD=./faults.so undersigned ...
 *
 * FAULT is "error" (the call fails with FAULT_ERRNO, default ENOSPC) or "kill". Without
 * FAULT_AT nothing fails; the number of calls is written to the file FAULT_COUNT. Writes to
 * standard output and error are not counted. */
#define _GNU_SOURCE
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
    errno = (int)setting("FAULT_ERRNO", ENOSPC);
    return 1;
}

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

ssize_t write(int fd, const void *bytes, size_t length) {
    if (fd > 2 && fault())
        return -1;
    return REAL(write)(fd, bytes, length);
}
int rename(const char *from, const char *to) { return fault() ? -1 : REAL(rename)(from, to); }
int renameat(int a, const char *from, int b, const char *to) {
    return fault() ? -1 : REAL(renameat)(a, from, b, to);
}
int link(const char *from, const char *to) { return fault() ? -1 : REAL(link)(from, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) {
    return fault() ? -1 : REAL(linkat)(a, from, b, to, flags);
}
int unlink(const char *path) { return fault() ? -1 : REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { return fault() ? -1 : REAL(mkdir)(path, mode); }
int chmod(const char *path, mode_t mode) { return fault() ? -1 : REAL(chmod)(path, mode); }
int fsync(int fd) { return fault() ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fault() ? -1 : REAL(fdatasync)(fd); }
int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    if ((flags & O_CREAT) && fault())
        return -1;
    return REAL(open64)(path, flags, mode);
}
