// SPDX-License-Identifier: Apache-2.0
#include "disk.hpp"

#include <algorithm>
#include <utility>

namespace tandem::simulate {
namespace {

void put(std::string& to, std::int64_t at, std::string_view bytes) {
  const auto begin = static_cast<std::size_t>(at);
  if (to.size() < begin + bytes.size()) to.resize(begin + bytes.size());
  to.replace(begin, bytes.size(), bytes);
}

void redo(std::string& to, const Unsynced& one) {
  if (one.bytes.empty()) {
    to.resize(static_cast<std::size_t>(one.at));
  } else {
    put(to, one.at, one.bytes);
  }
}

}  // namespace

void File::write(std::int64_t at, std::string_view bytes) {
  if (bytes.empty()) return;
  put(now, at, bytes);
  unsynced.push_back({at, std::string(bytes)});
}

void File::truncate(std::int64_t size) {
  now.resize(static_cast<std::size_t>(size));
  unsynced.push_back({size, {}});
}

void File::sync() {
  for (const Unsynced& one : unsynced) redo(durable, one);
  unsynced.clear();
}

bool Disk::spend() {
  if (off_) return false;
  if (fuse_ > 0 && --fuse_ == 0) off_ = true;
  return true;
}

/// A third of the failures lose everything, a third all after some write, a third this and that.
void Disk::survive(File& file) {
  const std::int64_t way = random_.below(3);
  const auto count = static_cast<std::int64_t>(file.unsynced.size());
  const std::int64_t kept = way == 0 ? 0 : way == 1 ? random_.between(0, count) : count;
  for (std::int64_t i = 0; i < count; ++i) {
    Unsynced one = std::move(file.unsynced[static_cast<std::size_t>(i)]);
    if (i > kept || (i == kept && way != 1) || (way == 2 && random_.chance(50))) {
      ++counts_.writes_lost;
      continue;
    }
    const bool tears = i == kept || (way == 2 && random_.chance(30));
    if (tears && one.bytes.size() > 1) {
      // Up to a sector's end, or within the sector: both have been seen.
      const auto size = static_cast<std::int64_t>(one.bytes.size());
      const std::int64_t to_sector = kSectorBytes - one.at % kSectorBytes;
      const bool at_sector = to_sector < size && random_.chance(50);
      one.bytes.resize(
          static_cast<std::size_t>(at_sector ? to_sector : random_.between(1, size - 1)));
      ++counts_.writes_torn;
    }
    redo(file.durable, one);
  }
  file.unsynced.clear();
}

void Disk::restart() {
  std::map<std::string, std::shared_ptr<File>> left;
  for (auto& [path, file] : files_) {
    survive(*file);
    auto fresh = std::make_shared<File>();
    fresh->durable = std::move(file->durable);
    fresh->now = fresh->durable;
    left.emplace(path, std::move(fresh));
  }
  files_ = std::move(left);
  ++counts_.cuts;
  ++life_;
  fuse_ = 0;
  off_ = false;
}

std::map<std::string, std::string> Disk::image() const {
  std::map<std::string, std::string> image;
  for (const auto& [path, file] : files_) image[path] = file->durable;
  return image;
}

void Disk::load(const std::map<std::string, std::string>& image) {
  for (const auto& [path, bytes] : image) {
    auto file = std::make_shared<File>();
    file->durable = bytes;
    file->now = bytes;
    files_[path] = std::move(file);
  }
}

std::shared_ptr<File> Disk::find(const std::string& path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : found->second;
}

std::shared_ptr<File> Disk::open(const std::string& path) {
  std::shared_ptr<File>& file = files_[path];
  if (!file) file = std::make_shared<File>();
  return file;
}

void Disk::remove(const std::string& path) { files_.erase(path); }

}  // namespace tandem::simulate
