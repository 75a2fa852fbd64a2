#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

int cl_openat2_no_symlinks(int dirfd, const char *path, int flags, unsigned mode) {
  struct open_how how;
  memset(&how, 0, sizeof how);
  how.flags = (unsigned long long)(unsigned)flags;
  // The kernel refuses a mode when nothing can be created.
  how.mode = (flags & O_CREAT) ? mode : 0;
  how.resolve = RESOLVE_NO_SYMLINKS;
  return (int)syscall(SYS_openat2, dirfd, path, &how, sizeof how);
}

int cl_rename_noreplace(int olddirfd, const char *oldpath, int newdirfd, const char *newpath) {
  return renameat2(olddirfd, oldpath, newdirfd, newpath, RENAME_NOREPLACE);
}

int cl_rename_exchange(int olddirfd, const char *oldpath, int newdirfd, const char *newpath) {
  return renameat2(olddirfd, oldpath, newdirfd, newpath, RENAME_EXCHANGE);
}

int cl_start_writeback(int fd, off_t offset, off_t length) {
  return sync_file_range(fd, offset, length, SYNC_FILE_RANGE_WRITE);
}

int cl_is_mount_root(int dirfd, const char *name) {
  struct statx found;
  if (statx(dirfd, name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, 0, &found) != 0) return 0;
  return (found.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

int cl_syncfs(int fd) { return syncfs(fd); }

ssize_t cl_copy_file_range(int source, int destination, size_t length) {
  return copy_file_range(source, NULL, destination, NULL, length, 0);
}

int cl_clone_file(int destination, int source) { return ioctl(destination, FICLONE, source); }

ssize_t cl_getrandom(void *buffer, size_t length) { return getrandom(buffer, length, 0); }

int cl_o_path(void) { return O_PATH; }

const char *cl_dirent_name(const struct dirent *entry) { return entry->d_name; }
