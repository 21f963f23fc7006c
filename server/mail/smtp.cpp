// SPDX-License-Identifier: Apache-2.0
// Mail by SMTP: one connection for each mail, all of it libcurl's but for the content.
#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "mail/mailer.hpp"

namespace tandem::mail {
namespace {

/// libcurl as a whole, made ready once.
bool start_curl() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

std::size_t read_on(char* to, std::size_t size, std::size_t count, void* from) {
  auto& rest = *static_cast<std::string_view*>(from);
  const std::size_t taken = std::min(size * count, rest.size());
  std::memcpy(to, rest.data(), taken);
  rest.remove_prefix(taken);
  return taken;
}

/// The server's permanent no to this mail. A no to our sign-in is the operator's to put right, and
/// the mail waits for it.
bool is_refusal(CURLcode code, long answer) {
  return answer >= 500 && answer < 600 && code != CURLE_LOGIN_DENIED &&
         code != CURLE_USE_SSL_FAILED;
}

class Smtp final : public Mailer {
 public:
  explicit Smtp(SmtpOptions options)
      : options_(std::move(options)), sender_(sender_of(options_.from).value_or(Sender())) {}

  [[nodiscard]] std::expected<void, NotSent> send(const Message& message,
                                                  std::int64_t now_ms) override {
    if (!is_mailable(message.to)) {
      return std::unexpected(NotSent{Trouble::refused, "not an address that mail can go to"});
    }
    const std::unique_ptr<CURL, void (*)(CURL*)> curl(start_curl() ? curl_easy_init() : nullptr,
                                                      curl_easy_cleanup);
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> to(
        curl_slist_append(nullptr, message.to.c_str()), curl_slist_free_all);
    if (!curl || !to) return std::unexpected(NotSent{Trouble::temporary, "libcurl cannot be used"});
    const std::string content = mime_of(message, sender_, now_ms);
    std::string_view rest = content;
    set_up(curl.get());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &rest);
    curl_easy_setopt(curl.get(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(content.size()));
    const CURLcode code = curl_easy_perform(curl.get());
    if (code == CURLE_OK) return {};
    long answer = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer);
    std::string reason = curl_easy_strerror(code);
    if (answer > 0) reason += " (" + std::to_string(answer) + ')';
    return std::unexpected(
        NotSent{is_refusal(code, answer) ? Trouble::refused : Trouble::temporary, reason});
  }

 private:
  void set_up(CURL* curl) const {
    const bool signs_in = !options_.user.empty();
    curl_easy_setopt(curl, CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_on);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender_.address.c_str());
    // A password never travels in the clear.
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     static_cast<long>(signs_in ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(options_.connect_patience.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.patience.count()));
    if (!signs_in) return;
    curl_easy_setopt(curl, CURLOPT_USERNAME, options_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.password.c_str());
  }

  const SmtpOptions options_;
  const Sender sender_;
};

}  // namespace

std::string fault_of(const SmtpOptions& options) {
  const bool known = options.url.starts_with("smtp://") || options.url.starts_with("smtps://");
  if (!known) return "smtp_url begins with smtp:// or smtps://";
  if (!sender_of(options.from))
    return "mail_from is not an address such as \"Shop <shop@a.example>\"";
  if (options.user.empty() != options.password.empty()) {
    return "smtp_user and smtp_password belong together";
  }
  return {};
}

std::unique_ptr<Mailer> smtp_mailer(SmtpOptions options) {
  return std::make_unique<Smtp>(std::move(options));
}

}  // namespace tandem::mail
