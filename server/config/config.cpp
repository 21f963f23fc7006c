// SPDX-License-Identifier: Apache-2.0
#include "config/config.hpp"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <sstream>
#include <variant>

#include "http/address.hpp"

namespace tandem::config {
namespace {

using Member = std::variant<std::string Config::*, std::int64_t Config::*, bool Config::*,
                            std::vector<std::string> Config::*>;

/// One key: where it stands in the file, and in the environment in capitals behind TANDEM_.
struct Key {
  std::string_view name;
  Member member;
};

const std::array kKeys{
    Key{"address", &Config::address},
    Key{"allowed_origins", &Config::allowed_origins},
    Key{"core_folder", &Config::core_folder},
    Key{"customer_idle_ms", &Config::customer_idle_ms},
    Key{"customer_session_ms", &Config::customer_session_ms},
    Key{"database", &Config::database},
    Key{"demo_captures_at_once", &Config::demo_captures_at_once},
    Key{"demo_later_ms", &Config::demo_later_ms},
    Key{"demo_provider", &Config::demo_provider},
    Key{"history_max", &Config::history_max},
    Key{"identify_algorithm", &Config::identify_algorithm},
    Key{"identify_audience", &Config::identify_audience},
    Key{"identify_keys", &Config::identify_keys},
    Key{"limit_account_links_per_hour", &Config::limit_account_links_per_hour},
    Key{"limit_account_sign_ins_per_hour", &Config::limit_account_sign_ins_per_hour},
    Key{"limit_codes_per_hour", &Config::limit_codes_per_hour},
    Key{"limit_commands_per_minute", &Config::limit_commands_per_minute},
    Key{"limit_links_per_hour", &Config::limit_links_per_hour},
    Key{"limit_orders_per_minute", &Config::limit_orders_per_minute},
    Key{"limit_payments_per_hour", &Config::limit_payments_per_hour},
    Key{"limit_sign_ins_per_hour", &Config::limit_sign_ins_per_hour},
    Key{"limits_exempt", &Config::limits_exempt},
    Key{"log_level", &Config::log_level},
    Key{"log_requests", &Config::log_requests},
    Key{"mail_from", &Config::mail_from},
    Key{"mail_language", &Config::mail_language},
    Key{"page_folder", &Config::page_folder},
    Key{"port", &Config::port},
    Key{"public_url", &Config::public_url},
    Key{"quotations_kept_days", &Config::quotations_kept_days},
    Key{"remembered_orders", &Config::remembered_orders},
    Key{"return_url", &Config::return_url},
    Key{"secret_file", &Config::secret_file},
    Key{"shop_name", &Config::shop_name},
    Key{"sign_in_return_path", &Config::sign_in_return_path},
    Key{"smtp_password", &Config::smtp_password},
    Key{"smtp_url", &Config::smtp_url},
    Key{"smtp_user", &Config::smtp_user},
    Key{"staff_idle_ms", &Config::staff_idle_ms},
    Key{"staff_session_ms", &Config::staff_session_ms},
    Key{"stop_grace_ms", &Config::stop_grace_ms},
    Key{"stripe_publishable_key", &Config::stripe_publishable_key},
    Key{"stripe_secret_key", &Config::stripe_secret_key},
    Key{"stripe_url", &Config::stripe_url},
    Key{"stripe_webhook_secrets", &Config::stripe_webhook_secrets},
    Key{"threads", &Config::threads},
    Key{"tls_certificate", &Config::tls_certificate},
    Key{"tls_key", &Config::tls_key},
    Key{"trusted_proxies", &Config::trusted_proxies},
    Key{"unsafe", &Config::unsafe},
    Key{"webhook_http", &Config::webhook_http},
    Key{"webhook_networks", &Config::webhook_networks},
};

/// Puts a value of the file into its place; false when it is of another type.
struct FromToml {
  Config& config;
  const toml::node& node;

  bool operator()(std::string Config::* to) const {
    const auto value = node.value_exact<std::string>();
    if (value) config.*to = *value;
    return value.has_value();
  }
  bool operator()(std::int64_t Config::* to) const {
    const auto value = node.value_exact<std::int64_t>();
    if (value) config.*to = *value;
    return value.has_value();
  }
  bool operator()(bool Config::* to) const {
    const auto value = node.value_exact<bool>();
    if (value) config.*to = *value;
    return value.has_value();
  }
  bool operator()(std::vector<std::string> Config::* to) const {
    const toml::array* list = node.as_array();
    if (list == nullptr) return false;
    std::vector<std::string> values;
    for (const toml::node& element : *list) {
      const auto value = element.value_exact<std::string>();
      if (!value) return false;
      values.push_back(*value);
    }
    config.*to = std::move(values);
    return true;
  }
};

/// The same from text.
struct FromText {
  Config& config;
  const std::string& text;

  bool operator()(std::string Config::* to) const {
    config.*to = text;
    return true;
  }
  bool operator()(std::int64_t Config::* to) const {
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, config.*to);
    return read.ec == std::errc{} && read.ptr == end;
  }
  bool operator()(bool Config::* to) const {
    config.*to = text == "true" || text == "1";
    return text == "true" || text == "1" || text == "false" || text == "0";
  }
  bool operator()(std::vector<std::string> Config::* to) const {
    std::vector<std::string> values;
    std::istringstream words(text);
    for (std::string word; words >> word;) values.push_back(word);
    config.*to = std::move(values);
    return true;
  }
};

std::string place(const std::string& path, const toml::source_region& source) {
  return path + ':' + std::to_string(source.begin.line) + ": ";
}

std::optional<std::string> read_file(const std::string& path, Config& config) {
  const toml::parse_result parsed = toml::parse_file(path);
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    return place(path, error.source()) + std::string(error.description());
  }
  for (const auto& [name, node] : parsed.table()) {
    const auto key = std::ranges::find(kKeys, name.str(), &Key::name);
    const std::string quoted = '"' + std::string(name.str()) + '"';
    if (key == kKeys.end()) return place(path, node.source()) + "there is no key " + quoted;
    if (!std::visit(FromToml{config, node}, key->member)) {
      return place(path, node.source()) + quoted + " is of another type";
    }
  }
  return std::nullopt;
}

std::string variable(std::string_view key) {
  std::string name = "TANDEM_";
  for (const char c : key) name += c == '_' ? '_' : static_cast<char>(c - 'a' + 'A');
  return name;
}

/// What is wrong with sessions, limits and TLS, if anything is.
std::optional<std::string> fault_of_access(const Config& config) {
  if (config.tls_certificate.empty() != config.tls_key.empty()) {
    return "tls_certificate and tls_key go together";
  }
  if (config.staff_idle_ms < 1'000 || config.staff_session_ms < config.staff_idle_ms) {
    return "staff_idle_ms is at least 1000, and staff_session_ms no less than it";
  }
  if (config.customer_idle_ms < 1'000 || config.customer_session_ms < config.customer_idle_ms) {
    return "customer_idle_ms is at least 1000, and customer_session_ms no less than it";
  }
  const std::array limits{config.limit_commands_per_minute, config.limit_orders_per_minute,
                          config.limit_payments_per_hour,   config.limit_codes_per_hour,
                          config.limit_sign_ins_per_hour,   config.limit_account_sign_ins_per_hour,
                          config.limit_links_per_hour,      config.limit_account_links_per_hour};
  const auto is_wrong = [](std::int64_t limit) { return limit < 0 || limit > 1'000'000; };
  if (std::ranges::any_of(limits, is_wrong)) {
    return "a limit is between 0 (as many as one likes) and 1000000";
  }
  for (const auto* list :
       {&config.trusted_proxies, &config.limits_exempt, &config.webhook_networks}) {
    const auto read = http::networks(*list);
    if (!read) return '"' + read.error() + "\" is not a network such as \"10.0.0.0/8\"";
  }
  return std::nullopt;
}

/// What is wrong with what mails say and link to, if anything is. That a request asked for one host
/// or another is no reason to mail it to people: the shop says where it is.
std::optional<std::string> fault_of_mail(const Config& config) {
  const std::string& url = config.public_url;
  const bool is_url = url.starts_with("https://") || url.starts_with("http://");
  if (!url.empty() && (!is_url || url.ends_with('/') || url.find_first_of(" \r\n") != url.npos)) {
    return "public_url is an address such as \"https://shop.example\", without a slash at its end";
  }
  if (!config.smtp_url.empty() && url.empty()) {
    return "public_url is empty: mails could not link to the shop";
  }
  if (config.mail_language != "en" && config.mail_language != "fa") {
    return "mail_language is en or fa";
  }
  const std::string& path = config.sign_in_return_path;
  const bool is_path = path.starts_with('/') && !path.starts_with("//");
  if (!is_path) return "sign_in_return_path is a path of this shop, such as \"/account\"";
  return std::nullopt;
}

}  // namespace

std::expected<Config, std::string> read_config(const std::string& path,
                                               const Environment& environment) {
  Config config;
  if (!path.empty()) {
    if (auto fault = read_file(path, config)) return std::unexpected(*fault);
  }
  for (const Key& key : kKeys) {
    const std::string name = variable(key.name);
    const auto text = environment(name);
    if (text && !std::visit(FromText{config, *text}, key.member)) {
      return std::unexpected("the variable " + name + " has no usable value");
    }
  }
  if (config.port < 0 || config.port > 65'535) {
    return std::unexpected("the port must be between 0 and 65535");
  }
  constexpr std::int64_t kDaysMax = 36'500;
  if (config.quotations_kept_days < 0 || config.quotations_kept_days > kDaysMax) {
    return std::unexpected("quotations_kept_days is between 0 (for ever) and 36500");
  }
  if (auto fault = fault_of_access(config)) return std::unexpected(*fault);
  if (auto fault = fault_of_mail(config)) return std::unexpected(*fault);
  const bool connects = !config.stripe_secret_key.empty();
  if (connects && config.stripe_webhook_secrets.empty()) {
    return std::unexpected("stripe_webhook_secrets is empty: Stripe's word could not be verified");
  }
  return config;
}

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

}  // namespace tandem::config
