// SPDX-License-Identifier: Apache-2.0
// What is not the API: the shop page, the core's files under their content hash, health, and the
// headers that every answer bears.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/application.hpp"
#include "app/openapi.hpp"
#include "app/operations.hpp"
#include "http/negotiation.hpp"
#include "http/page_policy.hpp"
#include "http/plain_page.hpp"
#include "http/problem.hpp"
#include "http/text.hpp"
#include "payment/stripe/page.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::app {

struct CoreAnswer {
  std::string core_version;
  std::string glue_url;
  std::string wasm_url;
};

struct HealthAnswer {
  bool ok = true;
};

struct ReadyAnswer {
  bool ready = true;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::CoreAnswer> {
  using A = app::CoreAnswer;
  static constexpr std::array list{required<&A::core_version>("core_version"),
                                   required<&A::glue_url>("glue_url"),
                                   required<&A::wasm_url>("wasm_url")};
};
template <>
struct Fields<app::HealthAnswer> {
  static constexpr std::array list{required<&app::HealthAnswer::ok>("ok")};
};
template <>
struct Fields<app::ReadyAnswer> {
  static constexpr std::array list{required<&app::ReadyAnswer::ready>("ready")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

namespace fs = std::filesystem;
using http::Request;
using http::Response;

constexpr std::string_view kRequestId = "X-Request-Id";
constexpr std::string_view kApiPolicy =
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// Vite names its built files after their content: "index-B2xQ1a9c.js".
bool is_hashed(std::string_view path) { return path.starts_with("assets/"); }

/// The answer to a preflight request of an allowed origin.
std::optional<Response> preflight(const Request& request, const Options& options) {
  if (request.method != http::Method::options) return std::nullopt;
  const auto origin = request.headers.get("Origin");
  if (!origin || !request.headers.contains("Access-Control-Request-Method")) return std::nullopt;
  if (std::ranges::find(options.allowed_origins, *origin) == options.allowed_origins.end()) {
    return http::problem(rejection(Reason::origin_forbidden));
  }
  Response response;
  response.status = 204;
  response.headers.add("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
  response.headers.add("Access-Control-Allow-Headers",
                       "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, "
                       "Tandem-Other-Secret");
  response.headers.add("Access-Control-Max-Age", "7200");
  return response;
}

/// Of letters, digits and a few marks that mean nothing to a log.
bool is_sane_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](char c) {
    const char small = http::to_lower(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

/// A trusted proxy's id goes on, so that one request has one name in all logs.
std::string name_of_request(const Request& request, const Options& options) {
  const auto given = request.headers.get(kRequestId);
  if (given && is_sane_id(*given) && client_of(request, options).by_proxy) {
    return std::string(*given);
  }
  return random_hex(8);
}

/// What was asked and how it ended: the pattern instead of the path, nobody's address, no query.
std::string log_line(const Request& request, const Response& response, const std::string& id) {
  std::string line = R"({"request":)";
  append_text(line, id);
  line += R"(,"method":)";
  append_text(line, http::name(request.method));
  line += R"(,"route":)";
  append_text(line, request.route.empty() ? "none" : request.route);
  line += R"(,"status":)" + std::to_string(response.status);
  if (response.refused) {
    line += R"(,"reason":)";
    append_text(line, name(*response.refused));
  }
  if (request.begun != std::chrono::steady_clock::time_point{}) {
    const auto took = std::chrono::steady_clock::now() - request.begun;
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    line += R"(,"took_us":)" + std::to_string(us);
  }
  return line + '}';
}

/// What people see who opened an address that is none; programs keep the problem document.
void show_unknown_address(Response& response, const Options& options) {
  const bool persian = options.post.language == "fa";
  http::PlainPage page(persian ? "این صفحه پیدا نشد" : "There is no such page", persian);
  page.add(persian
               ? "<p>نشانی نادرست است یا دیگر به کار نمی‌آید.</p>"
               : "<p>The address is wrong, or no longer in use.</p>");
  if (!options.page_folder.empty()) page.add_way_back("/");
  response.shared = nullptr;
  response.body = std::move(page).end();
  response.headers.set("Content-Type", "text/html; charset=utf-8");
}

void add_if_absent(Response& response, std::string_view name, std::string_view value) {
  if (!response.headers.contains(name)) response.headers.add(name, value);
}

}  // namespace

std::string core_version_of(const std::string& folder) {
  if (!folder.empty()) {
    if (const auto wasm = read_file(fs::path(folder) / "tandem.wasm")) return hex(sha256(*wasm));
  }
  return hex(sha256("tandem core of pricing version " + std::to_string(kPricingVersion)));
}

void Application::add_site() {
  add_core();
  add_document();
  add_health();
  add_page();
  finish_all();
}

void Application::add_core() {
  const std::string hash = options_.core_version.substr(0, 16);
  for (const char* name : {"tandem.wasm", "tandem.js"}) {
    if (options_.core_folder.empty()) continue;
    const fs::path path = fs::path(options_.core_folder) / name;
    auto content = read_file(path);
    if (!content) {
      complaints_.push_back("the core's file is missing: " + path.string());
      continue;
    }
    http::StaticFile file{.content = *std::move(content), .immutable = true};
    file.brotli = read_file(path.string() + ".br").value_or("");
    file.gzip = read_file(path.string() + ".gz").value_or("");
    core_files_.add(hash + '/' + name, std::move(file));
  }
  router_.route("/core/{path...}").get([this](const Request& request) {
    return core_files_.answer(request, request.path_parameter("path"));
  });
  router_.route("/v1/core").get([this, hash](const Request&) {
    const std::string folder = "/core/" + hash;
    Response response = http::json(200, canonical(CoreAnswer{.core_version = options_.core_version,
                                                             .glue_url = folder + "/tandem.js",
                                                             .wasm_url = folder + "/tandem.wasm"}));
    response.headers.add("Cache-Control", "no-cache");
    response.headers.add("ETag", '"' + options_.core_version.substr(0, 32) + '"');
    return response;
  });
}

void Application::add_document() {
  router_.route("/v1/openapi.json").get([](const Request&) {
    static const auto kDocument = std::make_shared<const std::string>(openapi_document());
    static const std::string kTag = '"' + hex(sha256(*kDocument), 16) + '"';
    Response response;
    response.shared = kDocument;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("Cache-Control", "no-cache");
    response.headers.add("ETag", kTag);
    return response;
  });
}

void Application::add_health() {
  router_.route("/healthz").get([](const Request&) {
    return http::json(200, canonical(HealthAnswer{}));
  });
  router_.route("/readyz").get([this](const Request&) {
    const auto shop = catalog_.now();
    if (!shop) return http::problem(rejection(Reason::overloaded, shop.error().subject));
    return http::json(200, canonical(ReadyAnswer{}));
  });
  router_.route("/metrics").get([this](const Request& request) {
    const auto actor = staff_right(request, services_);
    if (!actor) return http::problem(actor.error());
    Response response;
    response.body = metrics_.text();
    response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    return response;
  });
}

void Application::add_page() {
  if (options_.page_folder.empty()) return;
  const auto added = page_files_.add_folder(options_.page_folder, is_hashed);
  if (!added) {
    complaints_.push_back(added.error());
    return;
  }
  const auto index = [this](const Request& request) {
    return page_files_.answer(request, "index.html");
  };
  router_.route("/").get(index);
  router_.route("/{path...}").get([this](const Request& request) {
    return page_files_.answer(request, request.path_parameter("path"));
  });
}

void Application::finish_all() {
  auto warned = std::make_shared<std::atomic_flag>();
  router_.name_requests([this, warned](const Request& request) {
    const bool unknown_proxy =
        options_.trusted_proxies.empty() && request.headers.contains("X-Forwarded-For");
    if (unknown_proxy && !warned->test_and_set()) {
      options_.log(
          "X-Forwarded-For came, and trusted_proxies is empty: behind a proxy all customers "
          "count as one address");
    }
    return name_of_request(request, options_);
  });
  router_.guard([this](const Request& request) { return preflight(request, options_); });
  // The page begins a payment with a wallet of Stripe's where Stripe is connected.
  const std::string policy = http::page_policy(
      services_.stripe != nullptr ? payment::stripe::kStripeSources : http::Sources{},
      "'wasm-unsafe-eval'");
  router_.finish_with([this, policy](const Request& request, Response& response) {
    metrics_.observe(request, response);
    if (response.refused == Reason::route_unknown) {
      response.headers.add("Vary", "Accept");
      if (http::asks_for_page(request.headers.get("Accept").value_or(""))) {
        show_unknown_address(response, options_);
      }
    }
    const auto type = response.headers.get("Content-Type");
    const bool page = type && type->starts_with("text/html");
    // A 304 renews the headers of what the browser kept: it must not put this policy on a page.
    if (response.status != 304) {
      add_if_absent(response, "Content-Security-Policy", page ? policy : kApiPolicy);
    }
    add_if_absent(response, "X-Content-Type-Options", "nosniff");
    add_if_absent(response, "Referrer-Policy", "same-origin");
    // What says nothing of it is not kept: most answers are about somebody.
    if (page) add_if_absent(response, "Cache-Control", "no-cache");
    if (response.status != 304) add_if_absent(response, "Cache-Control", "no-store");
    if (client_of(request, options_).secured) {
      add_if_absent(response, "Strict-Transport-Security", "max-age=31536000");
    }
    // What the listener refuses has no name yet.
    const std::string id = request.id.empty() ? random_hex(8) : request.id;
    response.headers.set(kRequestId, id);
    if (options_.log_request) {
      options_.log_request(response.status >= 500, log_line(request, response, id));
    }
    if (options_.allowed_origins.empty()) return;
    const auto origin = request.headers.get("Origin");
    if (!origin) return;
    response.headers.add("Vary", "Origin");
    const auto allowed = std::ranges::find(options_.allowed_origins, *origin);
    if (allowed == options_.allowed_origins.end()) return;
    response.headers.add("Access-Control-Allow-Origin", *origin);
    response.headers.add("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id");
  });
}

Operations site_operations() {
  return {
      {.id = "read_core_version",
       .pattern = "/v1/core",
       .summary = "The version of the core, and where its files are.",
       .headers = {"If-None-Match"},
       .successes = {{.message = {"Core", &type_of<CoreAnswer>}}}},
      {.id = "read_core_file",
       .pattern = "/core/{path...}",
       .summary = "A file of the core, named by its content.",
       .successes = {{.media_type = "application/wasm"}, {.media_type = "text/javascript"}},
       .refusals = {Reason::route_unknown}},
      {.id = "read_document",
       .pattern = "/v1/openapi.json",
       .summary = "This document.",
       .headers = {"If-None-Match"},
       .successes = {{}}},
      {.id = "read_health",
       .pattern = "/healthz",
       .summary = "Whether the server lives.",
       .successes = {{.message = {"Health", &type_of<HealthAnswer>}}}},
      {.id = "read_readiness",
       .pattern = "/readyz",
       .summary = "Whether the server can serve.",
       .successes = {{.message = {"Ready", &type_of<ReadyAnswer>}}}},
      {.id = "read_metrics",
       .pattern = "/metrics",
       .summary = "What the server counts of itself, for Prometheus.",
       .credentials = Credentials::staff,
       .successes = {{.media_type = "text/plain"}}},
      {.id = "read_page",
       .pattern = "/",
       .summary = "The shop's page, where it is served.",
       .successes = {{.media_type = "text/html"}},
       .refusals = {Reason::route_unknown}},
      {.id = "read_page_file",
       .pattern = "/{path...}",
       .summary = "A file of the shop's page.",
       .successes = {{.media_type = "*/*"}},
       .refusals = {Reason::route_unknown}},
  };
}

}  // namespace tandem::app
