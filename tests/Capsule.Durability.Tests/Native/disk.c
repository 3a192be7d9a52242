/*
 * Stands between the server and its disk, in the server's process (LD_PRELOAD). What it does is said by environment variables:
 *
 *   CAPSULE_DISK_ROOT    the directory that it looks at; all below is about files in it
 *   CAPSULE_DISK_SHADOW  keeps what a power loss would leave: the content of each file as it was last synced (contents/<inode>) and the names in each
 *                        directory as they were last synced (names/<inode>); the real disk is not synced at all
 *   CAPSULE_DISK_FAULTS  a file of six integers, shared with the test, that says which calls fail; see struct faults
 *   CAPSULE_DISK_TRACE   a file to which calls are written, much as strace does
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { WRITES = 1, SYNCS = 2, READS = 4, LOCKS = 8 };

struct faults {
    int kinds;   /* which kinds of calls are counted and fail; 0 for none */
    int after;   /* so many succeed before */
    int count;   /* so many fail */
    int error;   /* with this errno */
    int seen;    /* calls of these kinds */
    int failed;  /* those that failed */
};

static char root[PATH_MAX];
static const char *shadow;
static struct faults *faults;
static int trace = -1;

/* The function that this one stands before. */
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int path_of(int fd, char *path)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return length > 0;
}

static int is_ours(const char *path)
{
    size_t length = strlen(root);
    return length > 0 && strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* ---- what a power loss would leave ---- */

static void remember_names(const char *path, ino_t inode)
{
    char temporary[PATH_MAX], kept[PATH_MAX];
    snprintf(temporary, sizeof temporary, "%s/names/.%lu", shadow, (unsigned long)inode);
    snprintf(kept, sizeof kept, "%s/names/%lu", shadow, (unsigned long)inode);
    FILE *list = fopen(temporary, "w");
    DIR *directory = opendir(path);
    if (!list || !directory)
        abort();
    fprintf(list, "%s\n", path);
    for (struct dirent *entry; (entry = readdir(directory));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            fprintf(list, "%lu %c %s\n", (unsigned long)entry->d_ino, entry->d_type == DT_DIR ? 'd' : 'f', entry->d_name);
    closedir(directory);
    fclose(list);
    rename(temporary, kept);
}

/* In place: a kill in the middle leaves some of what was being synced, and nothing less of what was synced before. */
static void remember_content(const char *path, ino_t inode)
{
    char kept[PATH_MAX];
    static __thread char buffer[1 << 16];
    snprintf(kept, sizeof kept, "%s/contents/%lu", shadow, (unsigned long)inode);
    int from = REAL(open)(path, O_RDONLY | O_CLOEXEC), to = REAL(open)(kept, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (to < 0)
        abort();
    off_t size = 0;
    for (ssize_t count; from >= 0 && (count = REAL(read)(from, buffer, sizeof buffer)) > 0; size += count)
        if (REAL(write)(to, buffer, count) != count)
            abort();
    if (REAL(ftruncate)(to, size))
        abort();
    close(from);
    close(to);
}

static void remember(int fd)
{
    char path[PATH_MAX], link[64];
    struct stat status;
    if (!shadow || !path_of(fd, path) || !is_ours(path) || fstat(fd, &status))
        return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (S_ISDIR(status.st_mode))
        remember_names(path, status.st_ino);
    else
        remember_content(link, status.st_ino);
}

static int remember_found(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)where;
    if (type == FTW_D)
        remember_names(path, status->st_ino);
    else if (type == FTW_F)
        remember_content(path, status->st_ino);
    return 0;
}

/* ---- failures ---- */

static int fails(enum kind kind, const char *path)
{
    if (!faults || !(__atomic_load_n(&faults->kinds, __ATOMIC_ACQUIRE) & kind) || !is_ours(path))
        return 0;
    int number = __atomic_add_fetch(&faults->seen, 1, __ATOMIC_ACQ_REL);
    if (number <= faults->after || number - faults->after > faults->count)
        return 0;
    __atomic_add_fetch(&faults->failed, 1, __ATOMIC_ACQ_REL);
    errno = faults->error;
    return 1;
}

static int fails_on(enum kind kind, int fd)
{
    char path[PATH_MAX];
    return faults && faults->kinds && path_of(fd, path) && fails(kind, path);
}

/* ---- trace ---- */

static void note(const char *call, const char *path, const void *data, size_t size)
{
    static __thread char line[3 * 8192];
    int length = snprintf(line, sizeof line, "%s(<%s>, \"", call, path);
    const unsigned char *bytes = data;
    for (size_t index = 0; index < size && length < (int)sizeof line - 16; index++)
        line[length++] = bytes[index] >= ' ' && bytes[index] < 127 ? (char)bytes[index] : '.';
    length += snprintf(line + length, sizeof line - length, "\") = 0\n");
    REAL(write)(trace, line, length);
}

static void note_on(const char *call, int fd, const void *data, size_t size)
{
    char path[PATH_MAX];
    if (trace >= 0 && path_of(fd, path) && is_ours(path))
        note(call, path, data, size);
}

__attribute__((constructor)) static void begin(void)
{
    const char *wanted = getenv("CAPSULE_DISK_ROOT"), *control = getenv("CAPSULE_DISK_FAULTS"), *lines = getenv("CAPSULE_DISK_TRACE");
    if (!wanted || !realpath(wanted, root))
        return;
    if (control) {
        int fd = REAL(open)(control, O_RDWR | O_CLOEXEC);
        faults = mmap(NULL, sizeof *faults, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (faults == MAP_FAILED)
            abort();
    }
    if (lines)
        trace = REAL(open)(lines, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    shadow = getenv("CAPSULE_DISK_SHADOW");
    /* What is there at the start has survived until now. */
    if (shadow)
        nftw(root, remember_found, 16, FTW_PHYS);
}

/* ---- the calls ---- */

#define DEFINE_SYNC(name)                                   \
    int name(int fd)                                        \
    {                                                       \
        if (fails_on(SYNCS, fd))                            \
            return -1;                                      \
        int result = shadow ? 0 : REAL(name)(fd);           \
        if (result == 0)                                    \
            remember(fd);                                   \
        note_on(#name, fd, "", 0);                          \
        return result;                                      \
    }

DEFINE_SYNC(fsync)
DEFINE_SYNC(fdatasync)

#define DEFINE_PWRITE(name, offset_type)                                        \
    ssize_t name(int fd, const void *data, size_t size, offset_type offset)     \
    {                                                                           \
        if (fails_on(WRITES, fd))                                               \
            return -1;                                                          \
        note_on(#name, fd, data, size);                                         \
        return REAL(name)(fd, data, size, offset);                              \
    }

DEFINE_PWRITE(pwrite, off_t)
DEFINE_PWRITE(pwrite64, off64_t)

#define DEFINE_PREAD(name, offset_type)                                         \
    ssize_t name(int fd, void *data, size_t size, offset_type offset)           \
    {                                                                           \
        return fails_on(READS, fd) ? -1 : REAL(name)(fd, data, size, offset);   \
    }

DEFINE_PREAD(pread, off_t)
DEFINE_PREAD(pread64, off64_t)

#define DEFINE_FTRUNCATE(name, offset_type)                                     \
    int name(int fd, offset_type size)                                          \
    {                                                                           \
        return fails_on(WRITES, fd) ? -1 : REAL(name)(fd, size);                \
    }

DEFINE_FTRUNCATE(ftruncate, off_t)
DEFINE_FTRUNCATE(ftruncate64, off64_t)

#define DEFINE_OPEN(name)                                                       \
    int name(const char *path, int flags, ...)                                  \
    {                                                                           \
        va_list rest;                                                           \
        va_start(rest, flags);                                                  \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                           \
        if (fails(flags & O_CREAT ? WRITES : READS, path))                      \
            return -1;                                                          \
        return REAL(name)(path, flags, mode);                                   \
    }

DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_FCNTL(name)                                                      \
    int name(int fd, int command, ...)                                          \
    {                                                                           \
        va_list rest;                                                           \
        va_start(rest, command);                                                \
        void *argument = va_arg(rest, void *);                                  \
        va_end(rest);                                                           \
        int is_lock = command == F_SETLK && ((struct flock *)argument)->l_type != F_UNLCK; \
        return is_lock && fails_on(LOCKS, fd) ? -1 : REAL(name)(fd, command, argument); \
    }

DEFINE_FCNTL(fcntl)
DEFINE_FCNTL(fcntl64)

ssize_t write(int fd, const void *data, size_t size)
{
    if (fails_on(WRITES, fd))
        return -1;
    note_on("write", fd, data, size);
    return REAL(write)(fd, data, size);
}

static void note_answer(const void *data, size_t size)
{
    if (trace >= 0 && size > 12 && memcmp(data, "HTTP/1.1 ", 9) == 0)
        note("sendmsg", "socket", data, size < 64 ? size : 64);
}

ssize_t sendmsg(int socket, const struct msghdr *message, int flags)
{
    if (message->msg_iovlen > 0)
        note_answer(message->msg_iov[0].iov_base, message->msg_iov[0].iov_len);
    return REAL(sendmsg)(socket, message, flags);
}

ssize_t send(int socket, const void *data, size_t size, int flags)
{
    note_answer(data, size);
    return REAL(send)(socket, data, size, flags);
}
