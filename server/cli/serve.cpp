// SPDX-License-Identifier: Apache-2.0
// `tandem serve`: opens the database, makes the application, listens, and stops when told to.
#include <fcntl.h>
#include <pthread.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>

#include "app/application.hpp"
#include "cli/cli.hpp"
#include "http/listener.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::cli {
namespace {

/// Lines of JSON on standard error. What is logged names orders by number and never a person.
std::shared_ptr<spdlog::logger> start_log(const std::string& level) {
  auto log = spdlog::stderr_logger_mt("tandem");
  log->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l","message":%v})");
  log->set_level(spdlog::level::from_str(level == "warn" ? "warning" : level));
  log->flush_on(spdlog::level::warn);
  return log;
}

std::string as_json(std::string_view text) {
  std::string out;
  append_text(out, text);
  return out;
}

/// Reads the key, or makes it: a file that only its owner may read.
std::optional<app::SigningKey> signing_key(const std::string& path) {
  app::SigningKey key;
  const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made >= 0) {
    key = app::random_key();
    const bool written = ::write(made, key.data(), key.size()) == static_cast<ssize_t>(key.size());
    const bool kept = written && ::fsync(made) == 0;
    ::close(made);
    return kept ? std::optional(key) : std::nullopt;
  }
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  const bool whole = ::read(file, key.data(), key.size()) == static_cast<ssize_t>(key.size());
  ::close(file);
  return whole ? std::optional(key) : std::nullopt;
}

std::string secret_file_of(const config::Config& config) {
  if (!config.secret_file.empty()) return config.secret_file;
  return store::is_url(config.database) ? "tandem.secret" : config.database + ".secret";
}

/// Blocks the signals that end a server, so that one thread can wait for them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of that write
  return signals;
}

void set_access(app::Options& options, const config::Config& config) {
  // That they can be read was checked with the rest of the configuration.
  options.trusted_proxies = http::networks(config.trusted_proxies).value_or(http::Networks());
  options.hooks.allow_http = config.webhook_http;
  options.hooks.networks = http::networks(config.webhook_networks).value_or(http::Networks());
  options.hooks.random = [] { return std::stoull(app::random_hex(8), nullptr, 16); };
  options.limits = {.commands_per_minute = config.limit_commands_per_minute,
                    .orders_per_minute = config.limit_orders_per_minute,
                    .payments_per_hour = config.limit_payments_per_hour,
                    .codes_per_hour = config.limit_codes_per_hour,
                    .sign_ins_per_hour = config.limit_sign_ins_per_hour,
                    .account_sign_ins_per_hour = config.limit_account_sign_ins_per_hour,
                    .links_per_hour = config.limit_links_per_hour,
                    .account_links_per_hour = config.limit_account_links_per_hour,
                    .exempt = http::networks(config.limits_exempt).value_or(http::Networks())};
  options.staff_idle_ms = config.staff_idle_ms;
  options.staff_session_ms = config.staff_session_ms;
}

std::string url_of(const config::Config& config, std::int64_t port) {
  const bool v6 = config.address.find(':') != std::string::npos;
  const std::string host = v6 ? '[' + config.address + ']' : config.address;
  const std::string scheme = config.tls_certificate.empty() ? "http://" : "https://";
  return scheme + host + ':' + std::to_string(port);
}

/// Signing in, and mail. What is wrong with it, in a sentence; empty when nothing is.
std::string set_customers(app::Options& options, const config::Config& config) {
  options.customer_idle_ms = config.customer_idle_ms;
  options.customer_session_ms = config.customer_session_ms;
  options.identity = {.algorithm = config.identify_algorithm,
                      .keys = config.identify_keys,
                      .audience = config.identify_audience};
  options.post.public_url = config.public_url;
  options.post.shop_name = config.shop_name;
  options.post.language = config.mail_language;
  options.post.return_path = config.sign_in_return_path;
  if (std::string fault = app::fault_of(options.identity); !fault.empty()) return fault;
  if (config.print_mails) {
    // A port that the system chooses is not known yet: links are then paths of the shop.
    if (config.public_url.empty() && config.port != 0) {
      options.post.public_url = url_of(config, config.port);
    }
    options.post.mailer = mail::printing_mailer(stdout);
    return {};
  }
  if (config.smtp_url.empty()) return {};
  const mail::SmtpOptions smtp{.url = config.smtp_url,
                               .user = config.smtp_user,
                               .password = config.smtp_password,
                               .from = config.mail_from};
  if (std::string fault = mail::fault_of(smtp); !fault.empty()) return fault;
  options.post.mailer = mail::smtp_mailer(smtp);
  return {};
}

app::Options options_of(const config::Config& config, const app::SigningKey& key,
                        const std::shared_ptr<spdlog::logger>& log) {
  app::Options options;
  options.key = key;
  options.core_version = app::core_version_of(config.core_folder);
  options.core_folder = config.core_folder;
  options.page_folder = config.page_folder;
  options.demo_provider = config.demo_provider;
  options.demo_captures_at_once = config.demo_captures_at_once;
  options.demo_later_ms = config.demo_later_ms;
  options.return_url = config.return_url;
  if (!config.stripe_secret_key.empty()) {
    options.stripe =
        payment::stripe::StripeOptions{.secret_key = config.stripe_secret_key,
                                       .publishable_key = config.stripe_publishable_key,
                                       .webhook_secrets = config.stripe_webhook_secrets,
                                       .url = config.stripe_url};
  }
  options.allowed_origins = config.allowed_origins;
  set_access(options, config);
  options.log_request = [log, all = config.log_requests](bool failed, const std::string& line) {
    if (failed) log->error("{}", line);
    if (all && !failed) log->info("{}", line);
  };
  constexpr std::int64_t kDayMs = 86'400'000;
  options.worker.quotations_kept_ms = config.quotations_kept_days * kDayMs;
  options.history_max = config.history_max;
  options.remembered_orders = static_cast<std::size_t>(config.remembered_orders);
  options.log = [log](std::string_view sentence) { log->warn("{}", as_json(sentence)); };
  return options;
}

/// Null where neither file is named.
std::expected<http::TlsContext, std::string> tls_of(const config::Config& config) {
  if (config.tls_certificate.empty() && config.tls_key.empty()) return nullptr;
  return http::tls_context({.certificate = config.tls_certificate, .key = config.tls_key});
}

/// Stops in the order in which things wait for each other: listener, worker, committer.
void stop_all(http::Listener& listener, app::Application& app, const config::Config& config,
              spdlog::logger& log) {
  log.info("{}", as_json("stopping"));
  const bool clean = listener.stop(std::chrono::milliseconds(config.stop_grace_ms));
  app.stop();
  log.info("{}", as_json(clean ? "stopped" : "stopped, some requests were cut off"));
}

}  // namespace

int serve(const config::Config& config) {
  const sigset_t signals = block_signals();
  const auto log = start_log(config.log_level);
  const auto store = open_or_tell({.database = config.database, .unsafe = config.unsafe});
  if (!store) return kRefused;
  const std::string secret = secret_file_of(config);
  if (store::is_url(config.database) && config.secret_file.empty()) {
    log->warn("{}", as_json("secret_file is not set: all nodes of a shop must have the same key"));
  }
  const auto key = signing_key(secret);
  if (!key) {
    log->error("{}", as_json(secret + ": the key can be neither read nor made"));
    return kRefused;
  }
  app::Options options = options_of(config, *key, log);
  if (const std::string fault = set_customers(options, config); !fault.empty()) {
    log->error("{}", as_json(fault));
    return kRefused;
  }
  app::Application app(*store, std::move(options));
  for (const std::string& complaint : app.complaints()) log->warn("{}", as_json(complaint));
  http::ListenerOptions listening;
  listening.endpoints = {{config.address, static_cast<std::uint16_t>(config.port)}};
  listening.threads = static_cast<std::size_t>(config.threads);
  if (auto tls = tls_of(config)) {
    listening.tls = *std::move(tls);
  } else {
    log->error("{}", as_json(tls.error()));
    return kRefused;
  }
  auto listener = http::Listener::start(app.router(), listening);
  if (!listener) {
    log->error("{}", as_json(listener.error()));
    return kRefused;
  }
  std::printf("listening on %s\n", url_of(config, (*listener)->port()).c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  stop_all(**listener, app, config, *log);
  return kDone;
}

}  // namespace tandem::cli
