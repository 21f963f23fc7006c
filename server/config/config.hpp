// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a server is set up: a TOML file, then the environment (TANDEM_…), then flags, each over the
// one before. Every key is documented in examples/tandem.toml.
//
//   auto config = read_config("tandem.toml", environment());

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::config {

struct Config {
  std::string database = "tandem.db";  // a file, or postgresql://…
  bool unsafe = false;  // take a database that may forget what it acknowledged
  std::string address = "127.0.0.1";
  std::int64_t port = 8080;  // 0: the system chooses
  std::string tls_certificate;  // with tls_key: this server speaks TLS itself
  std::string tls_key;
  std::int64_t threads = 0;  // 0: as many as the machine has
  std::string page_folder;   // the built shop page
  std::string core_folder;   // tandem.wasm and tandem.js
  std::string return_url = "/#/order";
  std::string secret_file;   // empty: see examples/tandem.toml
  std::vector<std::string> allowed_origins;
  std::vector<std::string> trusted_proxies;  // networks whose X-Forwarded-… fields count
  // Networks without limits but those by account: whoever is on this machine.
  std::vector<std::string> limits_exempt = {"127.0.0.0/8", "::1"};
  std::int64_t limit_commands_per_minute = 600;  // of an order's customer; 0: as many as one likes
  std::int64_t limit_orders_per_minute = 120;  // this and the others by address range
  std::int64_t limit_payments_per_hour = 60;  // without success
  std::int64_t limit_codes_per_hour = 60;  // refused
  std::int64_t limit_sign_ins_per_hour = 60;  // wrong
  std::int64_t limit_account_sign_ins_per_hour = 20;
  std::int64_t staff_idle_ms = 3'600'000;
  std::int64_t staff_session_ms = 43'200'000;
  std::int64_t limit_links_per_hour = 60;  // to sign in with, asked for by mail
  std::int64_t limit_account_links_per_hour = 5;  // by email address
  std::int64_t customer_idle_ms = 1'209'600'000;
  std::int64_t customer_session_ms = 7'776'000'000;
  std::string identify_algorithm = "HS256";  // of the tokens of the site that embeds the shop
  std::string identify_audience = "tandem";
  std::vector<std::string> identify_keys;  // empty: the site signs nobody in
  std::string public_url;  // where people reach the shop: what links in mails begin with
  std::string shop_name = "Tandem";  // as mails name it
  std::string sign_in_return_path = "/";
  std::string smtp_url;  // empty: mails wait in the outbox
  std::string smtp_user;
  std::string smtp_password;
  std::string mail_from;
  std::string mail_language = "en";
  bool print_mails = false;  // by a flag only: mails are printed and not sent
  bool demo_provider = false;
  bool demo_captures_at_once = false;
  std::int64_t demo_later_ms = 5'000;
  std::string stripe_secret_key;  // empty: not connected
  std::string stripe_publishable_key;
  std::vector<std::string> stripe_webhook_secrets;
  std::string stripe_url = "https://api.stripe.com";
  bool webhook_http = false;  // endpoints of operators may be http, too
  std::vector<std::string> webhook_networks;  // that they may be in although these are not public
  std::int64_t quotations_kept_days = 90;  // that nobody placed and whose customer is unknown
  std::int64_t history_max = 10'000;
  std::int64_t remembered_orders = 1'024;
  std::int64_t stop_grace_ms = 10'000;
  std::string log_level = "info";  // debug, info, warn, error
  bool log_requests = false;  // all of them; else those that the server failed
};

/// Looks a variable of the environment up.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// The file's keys over the defaults, then the environment's over both. An empty path reads no
/// file. The error is a sentence that names file, line and key.
[[nodiscard]] std::expected<Config, std::string> read_config(const std::string& path,
                                                             const Environment& environment);

[[nodiscard]] Environment process_environment();

}  // namespace tandem::config
