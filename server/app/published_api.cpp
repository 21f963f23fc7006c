// SPDX-License-Identifier: Apache-2.0
// Rules and settings as staff publish them, and the audit of all changes. All roles may look at
// documents; the role admin publishes; admin and accounting read the audit.
#include "app/catalog_access.hpp"
#include "app/operations.hpp"
#include "app/published.hpp"
#include "app/requests.hpp"
#include "commit/await.hpp"
#include "http/problem.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

struct EditionAnswer {
  std::string id;
  std::int64_t published_ms = 0;
};

struct EditionList {
  std::vector<EditionAnswer> versions;
};

/// One place at which two documents differ; a side is missing where there is nothing.
struct ShownDifference {
  std::optional<Verbatim<Rules>> after;
  std::optional<Verbatim<Rules>> before;
  std::string path;
};

struct DifferenceList {
  std::vector<ShownDifference> changes;
};

struct RollbackBody {
  std::string id;
};

struct AuditEntry {
  std::string actor;
  std::optional<Digest> after;
  std::int64_t at_ms = 0;
  std::optional<Digest> before;
  std::int64_t n = 0;
  std::string subject;
  std::string what;
};

struct AuditList {
  std::vector<AuditEntry> rows;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::EditionAnswer> {
  static constexpr std::array list{required<&app::EditionAnswer::id>("id"),
                                   required<&app::EditionAnswer::published_ms>("published_ms")};
};
template <>
struct Fields<app::EditionList> {
  static constexpr std::array list{required<&app::EditionList::versions>("versions")};
};
template <>
struct Fields<app::ShownDifference> {
  using D = app::ShownDifference;
  static constexpr std::array list{sparse<&D::after>("new"), sparse<&D::before>("old"),
                                   required<&D::path>("path")};
};
template <>
struct Fields<app::DifferenceList> {
  static constexpr std::array list{required<&app::DifferenceList::changes>("changes")};
};
template <>
struct Fields<app::RollbackBody> {
  static constexpr std::array list{required<&app::RollbackBody::id>("id")};
};
template <>
struct Fields<app::AuditEntry> {
  using E = app::AuditEntry;
  static constexpr std::array list{required<&E::actor>("actor"), required<&E::after>("after"),
                                   required<&E::at_ms>("at_ms"), required<&E::before>("before"),
                                   required<&E::n>("n"),         required<&E::subject>("subject"),
                                   required<&E::what>("what")};
};
template <>
struct Fields<app::AuditList> {
  static constexpr std::array list{required<&app::AuditList::rows>("rows")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t kPaperBytesMax = std::size_t{4} << 20U;
constexpr std::int64_t kAuditMax = 200;

Response shown_edition(const Edition& edition) {
  Response response = http::json(200, edition.bytes);
  response.headers.add("Cache-Control", "private, no-cache");
  response.headers.add("ETag", '"' + edition.id + '"');
  return response;
}

Response edition_or_problem(const Result<std::optional<Edition>>& found, const std::string& name) {
  if (!found) return http::problem(found.error());
  if (!*found) return http::problem(rejection(Reason::reference_unknown, name));
  return shown_edition(**found);
}

Response read_paper(const Services& services, const Request& request, Paper paper) {
  if (const auto actor = staff_right(request, services); !actor) {
    return http::problem(actor.error());
  }
  const std::string id(request.path_parameter("id"));
  if (id.empty()) {
    return edition_or_problem(current_edition(paper, services.reads),
                              std::string(enum_name(paper)));
  }
  return edition_or_problem(edition(paper, id, services.reads), id);
}

Response list_editions(const Services& services, const Request& request, Paper paper) {
  if (const auto actor = staff_right(request, services); !actor) {
    return http::problem(actor.error());
  }
  const auto all = editions(paper, services.reads);
  if (!all) return http::problem(all.error());
  EditionList list;
  for (const Edition& one : *all) list.versions.push_back({one.id, one.published_ms});
  return http::json(200, canonical(list));
}

void append_side(std::string& out, std::string_view key, const std::optional<std::string>& json) {
  if (!json) return;
  append_text(out, key);
  (out += ':').append(*json) += ',';
}

Response compare_editions(const Services& services, const Request& request, Paper paper) {
  if (const auto actor = staff_right(request, services); !actor) {
    return http::problem(actor.error());
  }
  std::vector<std::string> documents;
  for (const char* key : {"from", "to"}) {
    const auto id = request.query_value(key);
    if (!id) return http::problem(rejection(Reason::field_missing, key));
    const auto found = edition(paper, std::string(*id), services.reads);
    if (!found) return http::problem(found.error());
    if (!*found) return http::problem(rejection(Reason::reference_unknown, key));
    documents.push_back((*found)->bytes);
  }
  const auto found = differences(documents.front(), documents.back());
  if (!found) return http::problem(found.error());
  std::string out = R"({"changes":[)";
  for (const Difference& one : *found) {
    if (out.back() != '[') out += ',';
    out += '{';
    append_side(out, "new", one.after);
    append_side(out, "old", one.before);
    out += R"("path":)";
    append_text(out, one.path);
    out += '}';
  }
  return http::json(200, out += "]}");
}

/// A reason and what it is about, with everything escaped that a field may not hold.
std::string warning_field(const Rejection& warning) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string field = std::string(name(warning.reason)) + ' ';
  for (const char c : warning.subject) {
    const auto code = static_cast<unsigned char>(c);
    if (code > ' ' && code < 0x7f && c != '%') {
      field += c;
    } else {
      (field += '%') += kDigits[code >> 4U];
      field += kDigits[code & 0xfU];
    }
  }
  return field;
}

Awaitable<Response> publish(const Services& services, const Request& request, Paper paper,
                            bool rolls_back) {
  const auto actor = catalog_right(request, services);
  if (!actor) co_return http::problem(actor.error());
  PublishJob::Source source;
  if (rolls_back) {
    auto body = wire::decode<RollbackBody>(request.body);
    if (!body) co_return http::problem(body.error());
    if (body->id.empty()) co_return http::problem(rejection(Reason::value_unknown, "/id"));
    source.id = std::move(body->id);
  } else {
    source.text = request.body;
  }
  auto job = std::make_shared<PublishJob>(paper, std::move(source), precondition_of(request),
                                          actor->id.value_or("staff"), services.reads);
  job->check_before();
  const commit::Outcome outcome = co_await commit::run(services.dispatcher.committer(), job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  Response response = shown_edition(job->now);
  for (const Rejection& warning : job->warnings) {
    response.headers.add("Tandem-Warning", warning_field(warning));
  }
  co_return response;
}

Response read_audit(const Services& services, const Request& request) {
  const auto actor = staff_right(request, services);
  if (!actor) return http::problem(actor.error());
  const bool may = actor->role == StaffRole::admin || actor->role == StaffRole::accounting;
  if (!may) return http::problem(rejection(Reason::role_forbids));
  const auto after = number(request.query_value("after").value_or("0"));
  if (!after) return http::problem(rejection(Reason::value_unknown, "after"));
  const auto rows = or_refusal(services.reads.audit(*after, kAuditMax));
  if (!rows) return http::problem(rows.error());
  AuditList list;
  for (const store::AuditRow& row : *rows) {
    list.rows.push_back({.actor = row.actor,
                         .after = row.after,
                         .at_ms = row.at_ms,
                         .before = row.before,
                         .n = row.n,
                         .subject = row.subject,
                         .what = row.what});
  }
  return http::json(200, canonical(list));
}

}  // namespace

void add_published_routes(http::Router& router, const Services& services) {
  for (const Paper paper : {Paper::rules, Paper::settings}) {
    const std::string base = "/v1/staff/" + std::string(enum_name(paper));
    const auto read = [&services, paper](const Request& request) {
      return read_paper(services, request, paper);
    };
    router.route(base)
        .get(read)
        .put([&services, paper](const Request& request) {
          return publish(services, request, paper, false);
        })
        .body_bytes_max(kPaperBytesMax);
    router.route(base + "/versions").get([&services, paper](const Request& request) {
      return list_editions(services, request, paper);
    });
    router.route(base + "/versions/{id}").get(read);
    router.route(base + "/diff").get([&services, paper](const Request& request) {
      return compare_editions(services, request, paper);
    });
    router.route(base + "/rollback").post([&services, paper](const Request& request) {
      return publish(services, request, paper, true);
    });
  }
}

void add_audit_routes(http::Router& router, const Services& services) {
  router.route("/v1/staff/audit").get([&services](const Request& request) {
    return read_audit(services, request);
  });
}

namespace {

Operations operations_of(Paper paper, Message document) {
  const std::string name(enum_name(paper));
  const std::string base = "/v1/staff/" + name;
  return {
      {.id = "read_" + name,
       .pattern = base,
       .summary = "The document in force.",
       .credentials = Credentials::staff,
       .headers = {"If-None-Match"},
       .successes = {{.message = document}},
       .refusals = {Reason::reference_unknown}},
      {.id = "publish_" + name,
       .method = http::Method::put,
       .pattern = base,
       .summary = "Checks a document and puts it in force, for the role admin.",
       .credentials = Credentials::staff,
       .headers = {"If-Match"},
       .body = document,
       .successes = {{.message = document}},
       .refusals = {Reason::role_forbids, Reason::precondition_required, Reason::version_stale,
                    Reason::reference_unknown, Reason::id_duplicate}},
      {.id = "list_" + name + "_versions",
       .pattern = base + "/versions",
       .summary = "Everything that was ever published, the one in force first.",
       .credentials = Credentials::staff,
       .successes = {{.message = {"EditionList", &type_of<EditionList>}}}},
      {.id = "read_" + name + "_version",
       .pattern = base + "/versions/{id}",
       .summary = "One of them.",
       .credentials = Credentials::staff,
       .successes = {{.message = document}},
       .refusals = {Reason::reference_unknown}},
      {.id = "compare_" + name,
       .pattern = base + "/diff",
       .summary = "What differs between two of them.",
       .credentials = Credentials::staff,
       .query = {{"from", "An id.", true}, {"to", "An id.", true}},
       .successes = {{.message = {"DifferenceList", &type_of<DifferenceList>}}},
       .refusals = {Reason::field_missing, Reason::reference_unknown}},
      {.id = "roll_back_" + name,
       .method = http::Method::post,
       .pattern = base + "/rollback",
       .summary = "Publishes an old one anew, for the role admin.",
       .credentials = Credentials::staff,
       .headers = {"If-Match"},
       .body = {"Rollback", &type_of<RollbackBody>},
       .successes = {{.message = document}},
       .refusals = {Reason::role_forbids, Reason::precondition_required, Reason::version_stale,
                    Reason::reference_unknown}},
  };
}

}  // namespace

Operations published_operations() {
  Operations all = operations_of(Paper::rules, {"Rules", &type_of<Rules>});
  std::ranges::move(operations_of(Paper::settings, {"Settings", &type_of<Settings>}),
                    std::back_inserter(all));
  return all;
}

Operations audit_operations() {
  return {{.id = "read_audit",
           .pattern = "/v1/staff/audit",
           .summary = "Who changed what, the earliest first, for the roles admin and accounting.",
           .credentials = Credentials::staff,
           .query = {{"after", "The last row's n that is known."}},
           .successes = {{.message = {"AuditList", &type_of<AuditList>}}},
           .refusals = {Reason::role_forbids, Reason::value_unknown}}};
}

}  // namespace tandem::app
