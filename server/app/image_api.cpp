// SPDX-License-Identifier: Apache-2.0
// Pictures of products as staff put them up: the bytes as they are, of a type that the bytes show
// themselves. They stand where an import puts them and are read at /images/….
#include <algorithm>
#include <array>

#include "app/catalog_access.hpp"
#include "app/operations.hpp"
#include "app/sessions.hpp"
#include "commit/scope.hpp"
#include "http/problem.hpp"
#include "http/text.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::app {

/// Where a picture can be read from now on.
struct ImageAnswer {
  std::string content_type;
  std::string image;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::ImageAnswer> {
  static constexpr std::array list{required<&app::ImageAnswer::content_type>("content_type"),
                                   required<&app::ImageAnswer::image>("image")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t kImageBytesMax = std::size_t{8} << 20U;
constexpr std::size_t kImagePathBytesMax = 255;

/// How the bytes of a type begin: `at` bytes of any value, then these.
struct Beginning {
  std::string_view type;
  std::size_t at;
  std::string_view bytes;
};

// No SVG: it is a document that may hold scripts, and none of its bytes say what it is.
constexpr std::array kBeginnings{Beginning{"image/png", 0, "\x89PNG\r\n\x1a\n"},
                                 Beginning{"image/jpeg", 0, "\xff\xd8\xff"},
                                 Beginning{"image/gif", 0, "GIF87a"},
                                 Beginning{"image/gif", 0, "GIF89a"},
                                 Beginning{"image/webp", 8, "WEBP"},
                                 Beginning{"image/avif", 4, "ftypavif"}};

std::string_view type_of_bytes(std::string_view bytes) {
  const auto fits = [&](const Beginning& one) {
    return bytes.size() > one.at && bytes.substr(one.at).starts_with(one.bytes);
  };
  const auto found = std::ranges::find_if(kBeginnings, fits);
  if (found == kBeginnings.end()) return {};
  if (found->type == "image/webp" && !bytes.starts_with("RIFF")) return {};
  return found->type;
}

/// Words of letters, digits and `._-` between slashes, none of which begins with a dot.
bool may_be_image_path(std::string_view path) {
  if (path.empty() || path.size() > kImagePathBytesMax) return false;
  char before = '/';
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (before == '/' && !letter) return false;
    if (!letter && c != '.' && c != '_' && c != '-' && c != '/') return false;
    before = c;
  }
  return before != '/';
}

/// As what the bytes are sent, without parameters.
std::string_view media_type_of(const Request& request) {
  const auto field = request.headers.get("Content-Type").value_or("");
  return field.substr(0, field.find_first_of("; "));
}

/// Writes or, without a picture, removes; with its row in the audit. True when it was there.
Result<bool> change_row(store::Reads& reads, const std::string& path, const store::Image* image,
                        const std::string& actor, commit::Scope& scope) {
  const auto stored = or_refusal(reads.image(path));
  if (!stored) return std::unexpected(stored.error());
  if (image == nullptr && !*stored) return reject(Reason::route_unknown, path);
  if (image != nullptr && *stored && (*stored)->bytes == image->bytes) return true;
  store::AuditRow row{.at_ms = scope.now_ms(), .actor = actor, .what = "image", .subject = path};
  if (*stored) row.before = sha256((*stored)->bytes);
  if (image != nullptr) {
    row.after = sha256(image->bytes);
    scope.writes().images.push_back(*image);
  } else {
    scope.writes().images_removed.push_back(path);
  }
  scope.writes().audit.push_back(std::move(row));
  // What was read is true until the catalog changes.
  scope.writes().catalog_read.push_back(scope.set().catalog_version());
  return stored->has_value();
}

/// Refuses: value_unknown (the path; bytes that are no picture, or not of the type they are sent
/// as).
Result<store::Image> image_of(const Request& request) {
  store::Image image{.path = std::string(request.path_parameter("path"))};
  if (!may_be_image_path(image.path)) return reject(Reason::value_unknown, "path");
  image.content_type = type_of_bytes(request.body);
  if (image.content_type.empty()) return reject(Reason::value_unknown, "body");
  if (!http::equals_ignoring_case(media_type_of(request), image.content_type)) {
    return reject(Reason::value_unknown, "Content-Type");
  }
  image.bytes = request.body;
  return image;
}

Awaitable<Response> put_image(const Services& services, const Request& request) {
  const auto actor = catalog_right(request, services);
  if (!actor) co_return http::problem(actor.error());
  const auto image = image_of(request);
  if (!image) co_return http::problem(image.error());
  auto was_there = std::make_shared<bool>(false);
  RowsJob::Write write = [&services, was_there, image = *image,
                          by = actor->id.value_or("staff")](commit::Scope& scope) -> Result<void> {
    const auto changed = change_row(services.reads, image.path, &image, by, scope);
    if (!changed) return std::unexpected(changed.error());
    *was_there = *changed;
    return {};
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return http::problem(done.error());
  co_return http::json(*was_there ? 200 : 201,
                       canonical(ImageAnswer{image->content_type, "/images/" + image->path}));
}

Awaitable<Response> remove_image(const Services& services, const Request& request) {
  const auto actor = catalog_right(request, services);
  if (!actor) co_return http::problem(actor.error());
  RowsJob::Write write = [&services, path = std::string(request.path_parameter("path")),
                          by = actor->id.value_or("staff")](commit::Scope& scope) -> Result<void> {
    const auto changed = change_row(services.reads, path, nullptr, by, scope);
    if (!changed) return std::unexpected(changed.error());
    return {};
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return http::problem(done.error());
  Response response;
  response.status = 204;
  co_return response;
}

}  // namespace

void add_image_routes(http::Router& router, const Services& services) {
  std::vector<std::string> types;
  for (const Beginning& one : kBeginnings) types.emplace_back(one.type);
  router.route("/v1/staff/images/{path...}")
      .put([&services](const Request& request) { return put_image(services, request); })
      .remove([&services](const Request& request) { return remove_image(services, request); })
      .accepts(std::move(types))
      .body_bytes_max(kImageBytesMax);
}

Operations image_operations() {
  const std::string one = "/v1/staff/images/{path...}";
  const Message image{"ImageStored", &type_of<ImageAnswer>};
  return {
      {.id = "put_image",
       .method = http::Method::put,
       .pattern = one,
       .summary = "Makes or replaces a picture, for the role admin.",
       .credentials = Credentials::staff,
       .body_type = "image/*",
       .successes = {{.message = image}, {.status = 201, .message = image}},
       .refusals = {Reason::role_forbids, Reason::value_unknown, Reason::size_exceeded,
                    Reason::media_type_unsupported}},
      {.id = "remove_image",
       .method = http::Method::remove,
       .pattern = one,
       .summary = "Removes a picture, for the role admin.",
       .credentials = Credentials::staff,
       .successes = {{.status = 204, .media_type = {}}},
       .refusals = {Reason::role_forbids, Reason::route_unknown}},
  };
}

}  // namespace tandem::app
