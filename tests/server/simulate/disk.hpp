// SPDX-License-Identifier: Apache-2.0
#pragma once
// A disk in memory that can lose its power. What was written since a file's last sync may then be
// there or not: every write of it alone, whole or torn at a sector. So it shows what the page cache
// of a machine that keeps running hides. SQLite uses the disk that is mounted, by default.
//
//   Disk disk(7);
//   Mounted here(disk);
//   disk.cut_after(3);     // the third write, sync or removal from now is the last
//   …
//   disk.restart();        // what is left after the power came back

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/workload/random.hpp"

namespace tandem::simulate {

using workload::Random;

inline constexpr std::int64_t kSectorBytes = 4'096;

/// One write since the last sync, or a new size when it has no bytes.
struct Unsynced {
  std::int64_t at = 0;
  std::string bytes;
};

/// What the connections to one database share beside its bytes. All of them are in this thread.
struct SharedMemory {
  std::vector<std::unique_ptr<std::string>> regions;
  int shared[8] = {};
  const void* exclusive[8] = {};
};

struct File {
  std::string now;  // what readers see
  std::string durable;  // as of the last sync
  std::vector<Unsynced> unsynced;
  SharedMemory memory;
  int shared = 0;  // locks of the file itself
  const void* reserved = nullptr;
  const void* exclusive = nullptr;

  void write(std::int64_t at, std::string_view bytes);
  void truncate(std::int64_t size);
  void sync();
};

struct DiskCounts {
  std::int64_t writes = 0;
  std::int64_t syncs = 0;
  std::int64_t cuts = 0;
  std::int64_t writes_lost = 0;  // whole
  std::int64_t writes_torn = 0;
};

class Disk {
 public:
  explicit Disk(std::uint64_t seed) : random_(seed) {}
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  /// The power fails at the n-th operation that changes something, from 1; 0: not by itself.
  void cut_after(std::int64_t operations) { fuse_ = operations; }
  void cut() { off_ = true; }
  /// From now on it says that it has synced, and has not.
  void lie() { lies_ = true; }
  [[nodiscard]] bool lies() const { return lies_; }
  [[nodiscard]] bool is_off() const { return off_; }
  /// Decides what the failure left, and runs on. Handles from before stay dead.
  void restart();

  /// The durable bytes of all files, and a disk that begins with them.
  [[nodiscard]] std::map<std::string, std::string> image() const;
  void load(const std::map<std::string, std::string>& image);

  [[nodiscard]] const DiskCounts& counts() const { return counts_; }

  // For the file system.
  [[nodiscard]] std::shared_ptr<File> find(const std::string& path) const;
  [[nodiscard]] std::shared_ptr<File> open(const std::string& path);
  void remove(const std::string& path);
  [[nodiscard]] std::int64_t life() const { return life_; }
  /// Whether an operation still takes place; the one at which the fuse blows does.
  [[nodiscard]] bool spend();
  void count_write() { ++counts_.writes; }
  void count_sync() { ++counts_.syncs; }

 private:
  void survive(File& file);

  Random random_;
  std::map<std::string, std::shared_ptr<File>> files_;
  std::int64_t fuse_ = 0;
  bool off_ = false;
  bool lies_ = false;
  std::int64_t life_ = 0;  // grows with every restart
  DiskCounts counts_;
};

/// Lets SQLite use this disk as long as it lives; then the one before, if there was one.
class Mounted {
 public:
  explicit Mounted(Disk& disk);
  ~Mounted();
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;

 private:
  Disk* before_;
};

}  // namespace tandem::simulate
