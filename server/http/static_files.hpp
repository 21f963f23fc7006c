// SPDX-License-Identifier: Apache-2.0
#pragma once
// Files served from memory: read once at start, so that no request ever touches the disk and no
// path can lead out of the folder. Each knows its content hash (its entity tag) and its
// precompressed forms; a name that carries a content hash may be kept by clients for ever.
//
//   files.add("app-1f3c9a2b.js", {.content = text, .brotli = packed, .immutable = true});
//   app.route("/assets/{path...}").get([&](const Request& r) {
//     return files.answer(r, r.path_parameter("path")); });

#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "http/negotiation.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace tandem::http {

struct StaticFile {
  std::string content = {};
  std::string brotli = {};      // the same content, compressed; empty when there is none
  std::string gzip = {};
  std::string media_type = {};  // from the name's ending when empty
  bool immutable = false;       // the name changes whenever the content does
};

/// The media type of a file name's ending; application/octet-stream when it is not known.
[[nodiscard]] std::string_view media_type_of_file(std::string_view file_name);

class StaticFiles {
 public:
  /// Adds a file, or replaces the one of this path. Paths are relative: "assets/app.js".
  void add(std::string_view path, StaticFile file);

  /// Adds every file below a folder; `x.br` and `x.gz` are taken as forms of `x` where it exists.
  /// `immutable` says which paths carry a content hash. The error is a sentence for the log.
  [[nodiscard]] std::expected<std::size_t, std::string> add_folder(
      const std::filesystem::path& folder,
      const std::function<bool(std::string_view path)>& immutable);

  [[nodiscard]] bool contains(std::string_view path) const { return files_.contains(path); }

  /// The answer to GET: the best form that the request accepts, or route_unknown. The router makes
  /// it 304 when the client has it.
  [[nodiscard]] Response answer(const Request& request, std::string_view path) const;

 private:
  struct Form {
    std::shared_ptr<const std::string> bytes;
    std::string entity_tag;
  };
  struct Entry {
    Form identity, brotli, gzip;
    std::string media_type;
    bool immutable = false;
  };

  std::map<std::string, Entry, std::less<>> files_;
};

}  // namespace tandem::http
