// SPDX-License-Identifier: Apache-2.0
// SQLite's file system on a Disk. Locks are kept although one thread does everything: several
// connections of it look at the same file.
#include <sqlite3.h>

#include <cstring>
#include <new>

#include "disk.hpp"

namespace tandem::simulate {
namespace {

Disk* mounted = nullptr;

/// An open file: SQLite gives the memory and sees only the first member.
struct Handle {
  sqlite3_file base{};
  Disk* disk = nullptr;
  std::shared_ptr<File> file;
  std::int64_t life = 0;
  int level = SQLITE_LOCK_NONE;
  unsigned shared_mask = 0;
  unsigned exclusive_mask = 0;

  [[nodiscard]] bool is_dead() const { return disk->is_off() || disk->life() != life; }
};

Handle& of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }

void unlock_memory(Handle& handle) {
  for (unsigned slot = 0; slot < 8; ++slot) {
    if ((handle.shared_mask >> slot & 1U) != 0) --handle.file->memory.shared[slot];
    if ((handle.exclusive_mask >> slot & 1U) != 0) handle.file->memory.exclusive[slot] = nullptr;
  }
  handle.shared_mask = handle.exclusive_mask = 0;
}

int unlock(sqlite3_file* file, int level) {
  Handle& handle = of(file);
  File& shared = *handle.file;
  if (level < handle.level) {
    if (shared.reserved == &handle) shared.reserved = nullptr;
    if (shared.exclusive == &handle) shared.exclusive = nullptr;
    if (level == SQLITE_LOCK_NONE) --shared.shared;
    handle.level = level;
  }
  return SQLITE_OK;
}

int close(sqlite3_file* file) {
  Handle& handle = of(file);
  unlock(file, SQLITE_LOCK_NONE);
  unlock_memory(handle);
  handle.~Handle();
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
  const Handle& handle = of(file);
  if (handle.is_dead()) return SQLITE_IOERR_READ;
  const std::string& bytes = handle.file->now;
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const sqlite3_int64 there = at >= size ? 0 : std::min<sqlite3_int64>(count, size - at);
  if (there > 0) std::memcpy(to, bytes.data() + at, static_cast<std::size_t>(there));
  if (there == count) return SQLITE_OK;
  std::memset(static_cast<char*>(to) + there, 0, static_cast<std::size_t>(count - there));
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
  Handle& handle = of(file);
  if (handle.is_dead() || !handle.disk->spend()) return SQLITE_IOERR_WRITE;
  handle.disk->count_write();
  handle.file->write(at, {static_cast<const char*>(from), static_cast<std::size_t>(count)});
  return handle.disk->is_off() ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  Handle& handle = of(file);
  if (handle.is_dead() || !handle.disk->spend()) return SQLITE_IOERR_TRUNCATE;
  handle.file->truncate(size);
  return handle.disk->is_off() ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

/// The power may fail before the sync has done its work: then nobody is told that it has.
int sync(sqlite3_file* file, int) {
  Handle& handle = of(file);
  if (handle.is_dead() || !handle.disk->spend()) return SQLITE_IOERR_FSYNC;
  if (handle.disk->is_off()) return SQLITE_IOERR_FSYNC;
  handle.disk->count_sync();
  if (!handle.disk->lies()) handle.file->sync();
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  const Handle& handle = of(file);
  if (handle.is_dead()) return SQLITE_IOERR_FSTAT;
  *size = static_cast<sqlite3_int64>(handle.file->now.size());
  return SQLITE_OK;
}

int lock(sqlite3_file* file, int level) {
  Handle& handle = of(file);
  File& shared = *handle.file;
  if (handle.is_dead()) return SQLITE_IOERR_LOCK;
  if (handle.level >= level) return SQLITE_OK;
  const auto others = [&](const void* owner) { return owner != nullptr && owner != &handle; };
  if (others(shared.exclusive)) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_SHARED) {
    ++shared.shared;
  } else if (others(shared.reserved)) {
    return SQLITE_BUSY;
  } else if (level == SQLITE_LOCK_RESERVED) {
    shared.reserved = &handle;
  } else {
    if (shared.shared > 1) return SQLITE_BUSY;
    shared.exclusive = &handle;
  }
  handle.level = level;
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* out) {
  const File& shared = *of(file).file;
  *out = shared.reserved != nullptr || shared.exclusive != nullptr ? 1 : 0;
  return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return static_cast<int>(kSectorBytes); }
/// What SQLite believes of the disks of unix.
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int map_memory(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  const Handle& handle = of(file);
  *out = nullptr;
  if (handle.is_dead()) return SQLITE_IOERR_SHMMAP;
  auto& regions = handle.file->memory.regions;
  const auto wanted = static_cast<std::size_t>(region) + 1;
  if (regions.size() < wanted && extend == 0) return SQLITE_OK;
  while (regions.size() < wanted) {
    regions.push_back(std::make_unique<std::string>(static_cast<std::size_t>(size), '\0'));
  }
  *out = regions[static_cast<std::size_t>(region)]->data();
  return SQLITE_OK;
}

int lock_memory(sqlite3_file* file, int first, int count, int flags) {
  Handle& handle = of(file);
  SharedMemory& memory = handle.file->memory;
  if (handle.is_dead()) return SQLITE_IOERR_SHMLOCK;
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  const bool locks = (flags & SQLITE_SHM_LOCK) != 0;
  for (int slot = first; locks && slot < first + count; ++slot) {
    const unsigned bit = 1U << static_cast<unsigned>(slot);
    const int own = (handle.shared_mask & bit) != 0 ? 1 : 0;
    const void* owner = memory.exclusive[slot];
    if (owner != nullptr && owner != &handle) return SQLITE_BUSY;
    if (exclusive && memory.shared[slot] > own) return SQLITE_BUSY;
  }
  for (int slot = first; slot < first + count; ++slot) {
    const unsigned bit = 1U << static_cast<unsigned>(slot);
    unsigned& mask = exclusive ? handle.exclusive_mask : handle.shared_mask;
    if (locks == ((mask & bit) != 0)) continue;
    mask ^= bit;
    if (exclusive) memory.exclusive[slot] = locks ? &handle : nullptr;
    if (!exclusive) memory.shared[slot] += locks ? 1 : -1;
  }
  return SQLITE_OK;
}

void barrier(sqlite3_file*) {}

int unmap_memory(sqlite3_file* file, int remove) {
  Handle& handle = of(file);
  unlock_memory(handle);
  if (remove != 0) handle.file->memory.regions.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods{2,
                                  close,
                                  read,
                                  write,
                                  truncate,
                                  sync,
                                  file_size,
                                  lock,
                                  unlock,
                                  check_reserved,
                                  control,
                                  sector_size,
                                  characteristics,
                                  map_memory,
                                  lock_memory,
                                  barrier,
                                  unmap_memory,
                                  nullptr,
                                  nullptr};

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  if (mounted == nullptr || mounted->is_off()) return SQLITE_CANTOPEN;
  auto* handle = new (file) Handle;
  handle->disk = mounted;
  handle->life = mounted->life();
  const bool creates = (flags & SQLITE_OPEN_CREATE) != 0;
  handle->file = path == nullptr ? std::make_shared<File>()
                 : creates       ? mounted->open(path)
                                 : mounted->find(path);
  if (!handle->file) {
    handle->~Handle();
    file->pMethods = nullptr;
    return SQLITE_CANTOPEN;
  }
  handle->base.pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* path, int) {
  if (mounted == nullptr || !mounted->spend()) return SQLITE_IOERR_DELETE;
  mounted->remove(path);
  return SQLITE_OK;
}

int access(sqlite3_vfs*, const char* path, int, int* out) {
  *out = mounted != nullptr && mounted->find(path) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", path);
  return SQLITE_OK;
}

/// Only the seed of what SQLite calls random: nothing of it reaches an answer.
int randomness(sqlite3_vfs*, int count, char* out) {
  std::memset(out, 7, static_cast<std::size_t>(count));
  return count;
}

int sleep_not(sqlite3_vfs*, int microseconds) { return microseconds; }

int julian_now(sqlite3_vfs*, sqlite3_int64* ms) {
  *ms = 212'634'028'800'000;  // some day; the store is given its clock
  return SQLITE_OK;
}

int julian_day(sqlite3_vfs*, double* day) {
  *day = 2'461'042.0;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) { return 0; }

sqlite3_vfs made_vfs() {
  sqlite3_vfs vfs{};
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(Handle);
  vfs.mxPathname = 512;
  vfs.zName = "simulated";
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep_not;
  vfs.xCurrentTime = julian_day;
  vfs.xCurrentTimeInt64 = julian_now;
  vfs.xGetLastError = last_error;
  return vfs;
}

sqlite3_vfs& the_vfs() {
  static sqlite3_vfs vfs = made_vfs();
  return vfs;
}

}  // namespace

Mounted::Mounted(Disk& disk) : before_(mounted) {
  mounted = &disk;
  sqlite3_vfs_register(&the_vfs(), 1);
}

Mounted::~Mounted() {
  mounted = before_;
  if (before_ == nullptr) sqlite3_vfs_unregister(&the_vfs());
}

}  // namespace tandem::simulate
