// SPDX-License-Identifier: Apache-2.0
#include "http/static_files.hpp"

#include <array>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "http/problem.hpp"
#include "tandem/digest/sha256.hpp"

namespace tandem::http {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kTagBytes = 16;  // of the digest: enough that no two files share a tag

struct MediaType {
  std::string_view ending, type;
};

constexpr std::array kMediaTypes{
    MediaType{".css", "text/css; charset=utf-8"},
    MediaType{".gif", "image/gif"},
    MediaType{".html", "text/html; charset=utf-8"},
    MediaType{".ico", "image/x-icon"},
    MediaType{".jpg", "image/jpeg"},
    MediaType{".js", "text/javascript; charset=utf-8"},
    MediaType{".json", "application/json"},
    MediaType{".map", "application/json"},
    MediaType{".mjs", "text/javascript; charset=utf-8"},
    MediaType{".png", "image/png"},
    MediaType{".svg", "image/svg+xml"},
    MediaType{".txt", "text/plain; charset=utf-8"},
    MediaType{".wasm", "application/wasm"},
    MediaType{".webmanifest", "application/manifest+json"},
    MediaType{".webp", "image/webp"},
    MediaType{".woff2", "font/woff2"},
};

std::expected<std::string, std::string> read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in) return std::unexpected("cannot read " + file.string());
  return bytes;
}

// Reads a compressed form that may not exist.
std::expected<std::string, std::string> read_form(fs::path file, std::string_view ending) {
  file += ending;
  std::error_code failure;
  if (!fs::is_regular_file(file, failure)) return std::string();
  return read(file);
}

bool is_form_of_another(const fs::path& file) {
  std::error_code failure;
  const auto ending = file.extension();
  if (ending != ".br" && ending != ".gz") return false;
  return fs::is_regular_file(fs::path(file).replace_extension(), failure);
}

std::expected<StaticFile, std::string> load(const fs::path& file) {
  StaticFile out;
  for (const auto& [member, ending] :
       {std::pair{&StaticFile::content, ""}, std::pair{&StaticFile::brotli, ".br"},
        std::pair{&StaticFile::gzip, ".gz"}}) {
    auto bytes = read_form(file, ending);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    out.*member = std::move(*bytes);
  }
  return out;
}

}  // namespace

std::string_view media_type_of_file(std::string_view file_name) {
  for (const MediaType& known : kMediaTypes) {
    if (file_name.ends_with(known.ending)) return known.type;
  }
  return "application/octet-stream";
}

void StaticFiles::add(std::string_view path, StaticFile file) {
  const std::string tag = hex(sha256(file.content), kTagBytes);
  const auto form = [&](std::string bytes, std::string_view suffix) {
    if (bytes.empty() && !suffix.empty()) return Form{};
    return Form{std::make_shared<const std::string>(std::move(bytes)),
                '"' + tag + std::string(suffix) + '"'};
  };
  Entry entry;
  entry.identity = form(std::move(file.content), "");
  entry.brotli = form(std::move(file.brotli), "-br");
  entry.gzip = form(std::move(file.gzip), "-gz");
  entry.media_type =
      file.media_type.empty() ? std::string(media_type_of_file(path)) : file.media_type;
  entry.immutable = file.immutable;
  files_.insert_or_assign(std::string(path), std::move(entry));
}

std::expected<std::size_t, std::string> StaticFiles::add_folder(
    const fs::path& folder, const std::function<bool(std::string_view)>& immutable) {
  std::error_code failure;
  std::size_t count = 0;
  fs::recursive_directory_iterator at(folder, failure);
  for (; !failure && at != fs::recursive_directory_iterator(); at.increment(failure)) {
    if (!at->is_regular_file(failure) || is_form_of_another(at->path())) continue;
    auto file = load(at->path());
    if (!file) return std::unexpected(std::move(file.error()));
    const std::string path = at->path().lexically_relative(folder).generic_string();
    file->immutable = immutable(path);
    add(path, std::move(*file));
    ++count;
  }
  if (failure) return std::unexpected("cannot read " + folder.string() + ": " + failure.message());
  return count;
}

Response StaticFiles::answer(const Request& request, std::string_view path) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return problem(rejection(Reason::route_unknown));
  const Entry& entry = found->second;
  const Codings at_hand{.brotli = entry.brotli.bytes != nullptr,
                        .gzip = entry.gzip.bytes != nullptr};
  const Coding coding =
      preferred_coding(request.headers.get("Accept-Encoding").value_or(""), at_hand);
  const Form& form = coding == Coding::brotli ? entry.brotli
                     : coding == Coding::gzip ? entry.gzip
                                              : entry.identity;
  Response response;
  response.shared = form.bytes;
  response.headers.add("Content-Type", entry.media_type);
  if (coding != Coding::identity) {
    response.headers.add("Content-Encoding", coding == Coding::brotli ? "br" : "gzip");
  }
  response.headers.add("ETag", form.entity_tag);
  response.headers.add("Vary", "Accept-Encoding");
  response.headers.add("Cache-Control", entry.immutable ? "public, max-age=31536000, immutable"
                                                        : "public, no-cache");
  return response;
}

}  // namespace tandem::http
