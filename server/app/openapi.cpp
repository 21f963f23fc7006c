// SPDX-License-Identifier: Apache-2.0
#include "app/openapi.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <span>

#include "app/hook_message.hpp"
#include "app/schemas.hpp"
#include "http/text.hpp"
#include "tandem/base/rejection_fields.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/command.hpp"
#include "tandem/order/event.hpp"
#include "tandem/order/possible.hpp"
#include "tandem/order/record.hpp"

namespace tandem::app {
namespace {

constexpr std::array kOfBodies{
    Reason::json_malformed,      Reason::text_malformed, Reason::depth_exceeded,
    Reason::size_exceeded,       Reason::key_duplicate,  Reason::number_not_integer,
    Reason::number_out_of_range, Reason::field_unknown,  Reason::field_missing,
    Reason::type_mismatch,       Reason::value_unknown,  Reason::media_type_unsupported};
constexpr std::array kOfAll{Reason::request_malformed, Reason::overloaded, Reason::internal};

using Statuses = std::map<std::uint16_t, std::set<Reason>>;

/// Members of an object or elements of a list, with commas between them.
class Members {
 public:
  void add(std::string_view text) { (text_ += text_.empty() ? "" : ",") += text; }
  void add(std::string_view key, std::string_view value) {
    add(json_text(key) + ':' + std::string(value));
  }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::string object() const { return '{' + text_ + '}'; }
  [[nodiscard]] std::string list() const { return '[' + text_ + ']'; }

 private:
  std::string text_;
};

std::string content(std::string_view media_type, std::string_view schema) {
  Members members;
  members.add(media_type, schema.empty() ? "{}" : R"({"schema":)" + std::string(schema) + '}');
  return members.object();
}

bool has_session(Credentials credentials) {
  return credentials == Credentials::staff || credentials == Credentials::account;
}

Statuses refusals_of(const Operation& row) {
  std::set<Reason> all(row.refusals.begin(), row.refusals.end());
  all.insert(kOfAll.begin(), kOfAll.end());
  if (row.body.type != nullptr) all.insert(kOfBodies.begin(), kOfBodies.end());
  const bool reads = row.method == http::Method::get;
  if (row.credentials != Credentials::none) all.insert(Reason::unauthorized);
  if (row.credentials == Credentials::customer) {
    all.insert({Reason::origin_forbidden, Reason::order_unknown});
  }
  if (has_session(row.credentials) && !reads) {
    all.insert({Reason::origin_forbidden, Reason::csrf_token_invalid});
  }
  Statuses statuses;
  for (const Reason reason : all) statuses[http_status(reason)].insert(reason);
  return statuses;
}

std::string problem_schema(const std::set<Reason>& reasons) {
  Members names;
  for (const Reason reason : reasons) names.add(json_text(name(reason)));
  return R"({"allOf":[{"$ref":"#/components/schemas/Problem"}],"properties":{"reason":{"enum":)" +
         names.list() + R"(}},"type":"object"})";
}

std::string parameter(std::string_view in, std::string_view name, std::string_view about,
                      bool required) {
  Members members;
  if (!about.empty()) members.add("description", json_text(about));
  members.add("in", json_text(in));
  members.add("name", json_text(name));
  if (required) members.add("required", "true");
  members.add("schema", R"({"type":"string"})");
  return members.object();
}

/// The names in a pattern's braces, and the path as the document writes it.
std::string path_of(std::string_view pattern, std::vector<std::string>& names) {
  std::string path;
  std::string_view rest = pattern.substr(1);
  while (true) {
    const bool last = rest.find('/') == std::string_view::npos;
    std::string segment(http::cut(rest, '/'));
    if (const auto dots = segment.find("...}"); dots != std::string::npos) segment.erase(dots, 3);
    path += '/' + segment;
    if (segment.starts_with('{')) names.push_back(segment.substr(1, segment.size() - 2));
    if (last) return path;
  }
}

std::string parameters_of(const Operation& row, const std::vector<std::string>& names) {
  Members list;
  for (const std::string& name : names) list.add(parameter("path", name, {}, true));
  for (const QueryField& field : row.query) {
    list.add(parameter("query", field.name, field.about, field.required));
  }
  for (const std::string_view header : row.headers) {
    list.add(parameter("header", header, {}, false));
  }
  if (has_session(row.credentials) && row.method != http::Method::get) {
    list.add(parameter("header", "X-CSRF-Token",
                       "The csrf_token of a session by cookie; not for keys and bearers.", false));
  }
  return list.list();
}

/// The schemas of what is answered, by status and media type.
std::map<std::pair<std::uint16_t, std::string>, std::vector<std::string>> schemas_of(
    const Operation& row, Schemas& schemas) {
  std::map<std::pair<std::uint16_t, std::string>, std::vector<std::string>> all;
  for (const Success& success : row.successes) {
    auto& any_of = all[{success.status, std::string(success.media_type)}];
    if (success.message.type != nullptr) {
      any_of.push_back(schemas.use(success.message.type(), Way::answered));
    }
  }
  return all;
}

std::string schema_member(const std::vector<std::string>& any_of) {
  if (any_of.empty()) return "{}";
  if (any_of.size() == 1) return R"({"schema":)" + any_of.front() + '}';
  Members list;
  for (const std::string& schema : any_of) list.add(schema);
  return R"({"schema":{"anyOf":)" + list.list() + "}}";
}

std::string responses_of(const Operation& row, Schemas& schemas) {
  std::map<std::uint16_t, Members> contents;
  for (const auto& [place, any_of] : schemas_of(row, schemas)) {
    const auto& [status, media_type] = place;
    Members& members = contents[status];
    if (!media_type.empty()) members.add(media_type, schema_member(any_of));
  }
  std::map<std::uint16_t, std::string> descriptions;
  for (const auto& [status, reasons] : refusals_of(row)) {
    contents[status].add("application/problem+json",
                         R"({"schema":)" + problem_schema(reasons) + '}');
    std::string text;
    for (const Reason reason : reasons) {
      text += (text.empty() ? "" : " ") + std::string(info(reason).sentence);
    }
    descriptions[status] = text;
  }
  Members responses;
  for (const auto& [status, members] : contents) {
    Members response;
    if (!members.empty()) response.add("content", members.object());
    const auto refused = descriptions.find(status);
    response.add("description",
                 json_text(refused == descriptions.end() ? "Done." : refused->second));
    responses.add(std::to_string(status), response.object());
  }
  return responses.object();
}

std::string security_of(Credentials credentials) {
  switch (credentials) {
    case Credentials::none:
      return "[]";
    case Credentials::customer:
      return R"([{"order_secret":[]},{"order_cookie":[]}])";
    case Credentials::staff:
      return R"([{"staff_key":[]},{"staff_session":[]}])";
    case Credentials::account:
      return R"([{"customer_session":[]},{"customer_token":[]}])";
    case Credentials::signature:
      return R"([{"signature":[]}])";
  }
  return "[]";
}

std::string tag_of(std::string_view pattern) {
  const std::array<std::pair<std::string_view, std::string_view>, 4> tags{
      {{"/v1/staff", "staff"}, {"/v1/webhooks", "webhooks"}, {"/v1", "shop"}, {"/pay", "pay"}}};
  for (const auto& [begin, tag] : tags) {
    if (pattern.starts_with(begin)) return std::string(tag);
  }
  return "site";
}

std::string operation(const Operation& row, const std::vector<std::string>& names,
                      Schemas& schemas) {
  Members members;
  members.add("operationId", json_text(row.id));
  if (const std::string list = parameters_of(row, names); list != "[]") {
    members.add("parameters", list);
  }
  if (row.body.type != nullptr) {
    std::string schema = schemas.use(row.body.type(), Way::sent);
    if (row.body_or_list) {
      schema = R"({"anyOf":[)" + schema + R"(,{"items":)" + schema + R"(,"type":"array"}]})";
    }
    members.add("requestBody",
                R"({"content":)" + content(row.body_type, schema) + R"(,"required":true})");
  } else if (row.body_type != "application/json") {
    members.add("requestBody", R"({"content":)" + content(row.body_type, {}) + '}');
  }
  members.add("responses", responses_of(row, schemas));
  members.add("security", security_of(row.credentials));
  members.add("summary", json_text(row.summary));
  members.add("tags", '[' + json_text(tag_of(row.pattern)) + ']');
  return members.object();
}

std::string paths(const Operations& rows, Schemas& schemas) {
  std::map<std::string, std::map<std::string, std::string>> all;
  for (const Operation& row : rows) {
    std::vector<std::string> names;
    const std::string path = path_of(row.pattern, names);
    std::string method(http::name(row.method));
    std::ranges::transform(method, method.begin(), http::to_lower);
    all[path][method] = operation(row, names, schemas);
  }
  Members members;
  for (const auto& [path, methods] : all) {
    Members of_path;
    for (const auto& [method, text] : methods) of_path.add(method, text);
    members.add(path, of_path.object());
  }
  return members.object();
}

void name_types(const Operations& rows, Schemas& schemas) {
  schemas.name(type_of<Command>(), "Command");
  schemas.name(type_of<Event>(), "Event");
  schemas.name(type_of<Record>(), "Record");
  schemas.name(type_of<StoredPart>(), "Part");
  schemas.name(type_of<Actor>(), "Actor");
  schemas.name(type_of<Change>(), "Change");
  schemas.name(type_of<Fault>(), "Fault");
  schemas.name(type_of<Possibility>(), "Possibility");
  schemas.name(hook_message().type(), hook_message().name);
  for (const Operation& row : rows) {
    if (row.body.type != nullptr) schemas.name(row.body.type(), row.body.name);
    for (const Success& success : row.successes) {
      if (success.message.type != nullptr)
        schemas.name(success.message.type(), success.message.name);
    }
  }
}

/// A problem document (RFC 9457) with the members of a refusal.
std::string problem_component(Schemas& schemas) {
  const auto list_of = [&](const Type& type) {
    return R"({"items":)" + schemas.use(type, Way::answered) + R"(,"type":"array"})";
  };
  return R"({"properties":{"also":)" + list_of(type_of<Fault>()) + R"(,"changes":)" +
         list_of(type_of<Change>()) +
         R"(,"limit":{"anyOf":[{"format":"int64","type":"integer"},{"type":"null"}]},"reason":)" +
         schemas.use(type_of<Reason>(), Way::answered) +
         R"(,"status":{"type":"integer"},"subject":{"type":"string"},"title":{"type":"string"},)"
         R"("type":{"type":"string"}},"required":["limit","reason","status","subject","title",)"
         R"("type"],"type":"object"})";
}

constexpr std::string_view kSecuritySchemes =
    R"({"customer_session":{"description":"The cookie of a session; changes need X-CSRF-Token )"
    R"(too.","in":"cookie","name":"__Host-tandem_customer","type":"apiKey"},)"
    R"("customer_token":{"description":"A session's token.","scheme":"bearer","type":"http"},)"
    R"("order_cookie":{"description":"The cookie that creating the order set.","in":"cookie",)"
    R"("name":"__Host-tandem_{id}","type":"apiKey"},)"
    R"("order_secret":{"description":"The order's secret.","scheme":"bearer","type":"http"},)"
    R"("signature":{"description":"The provider's signature over the body.","in":"header",)"
    R"("name":"Tandem-Signature","type":"apiKey"},)"
    R"("staff_key":{"description":"An API key.","scheme":"bearer","type":"http"},)"
    R"("staff_session":{"description":"The cookie of a session; changes need X-CSRF-Token too.",)"
    R"("in":"cookie","name":"__Host-tandem_staff","type":"apiKey"}})";

constexpr std::string_view kInfo =
    R"({"description":"Generated from the routes and the field lists of the messages. Every )"
    R"(answer may also be a refusal of the server as a whole: 503 overloaded, 429 rate_limited.",)"
    R"("license":{"identifier":"Apache-2.0","name":"Apache-2.0"},"title":"Tandem",)"
    R"("version":"1"})";

}  // namespace

Operations all_operations() {
  Operations all;
  for (const auto& rows : {order_operations,
                           feed_operations,
                           catalog_operations,
                           staff_operations,
                           receipt_operations,
                           preview_operations,
                           stock_operations,
                           payment_operations,
                           stripe_operations,
                           return_operations,
                           session_operations,
                           hook_operations,
                           customer_session_operations,
                           sign_in_link_operations,
                           customer_operations,
                           privacy_operations,
                           unsubscribe_operations,
                           product_operations,
                           image_operations,
                           published_operations,
                           audit_operations,
                           site_operations}) {
    std::ranges::move(rows(), std::back_inserter(all));
  }
  return all;
}

std::string openapi_document() {
  const Operations rows = all_operations();
  Schemas schemas;
  name_types(rows, schemas);
  const std::string all_paths = paths(rows, schemas);
  const std::string problem = problem_component(schemas);
  const std::string message = schemas.use(hook_message().type(), Way::answered);
  std::string components = schemas.components();
  components.pop_back();
  Members document;
  document.add("components", R"({"schemas":)" + components + R"(,"Problem":)" + problem +
                                 R"(},"securitySchemes":)" + std::string(kSecuritySchemes) + '}');
  document.add("info", kInfo);
  document.add("openapi", R"("3.1.0")");
  document.add("paths", all_paths);
  document.add("servers", R"([{"url":"/"}])");
  document.add("webhooks",
               R"({"order.changed":{"post":{"operationId":"order_changed","requestBody":)"
               R"({"content":)" +
                   content("application/json", message) +
                   R"(,"required":true},"responses":{"200":{"description":"Heard."}},)"
                   R"("security":[],"summary":"What operators' endpoints are told."}}})");
  return document.object();
}

}  // namespace tandem::app
