// SPDX-License-Identifier: Apache-2.0
#include "mail/message.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "http/text.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/order/address_rules.hpp"

namespace tandem::mail {
namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::size_t kWordBytesMax = 45;  // of an encoded word: 60 characters in base64
constexpr std::size_t kLineBytes = 57;     // 76 characters in base64

std::string base64(std::string_view bytes) {
  const std::size_t size = sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  std::string out(size, '\0');
  sodium_bin2base64(out.data(), size, reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.resize(size - 1);
  return out;
}

void append_part(std::string& out, std::string_view type, std::string_view content) {
  out.append("Content-Type: ").append(type).append("; charset=utf-8").append(kEnd);
  out.append("Content-Transfer-Encoding: base64").append(kEnd).append(kEnd);
  while (!content.empty()) {
    const std::size_t size = std::min(kLineBytes, content.size());
    out.append(base64(content.substr(0, size))).append(kEnd);
    content.remove_prefix(size);
  }
}

bool is_plain(std::string_view text) {
  const bool ascii = std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
  return ascii && text.size() <= 60 && text.find("=?") == std::string_view::npos;
}

/// As many bytes as fit into one word without cutting a character.
std::size_t word_bytes(std::string_view text) {
  if (text.size() <= kWordBytesMax) return text.size();
  std::size_t size = kWordBytesMax;
  while (size > 1 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) --size;
  return size;
}

/// "Thu, 01 Jan 2026 00:00:00 +0000". The names are not the locale's.
std::string date_text(std::int64_t now_ms) {
  static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = static_cast<std::time_t>(now_ms / 1'000);
  std::tm at{};
  gmtime_r(&seconds, &at);
  std::array<char, 32> rest{};
  std::strftime(rest.data(), rest.size(), "%Y %H:%M:%S +0000", &at);
  std::string day = std::to_string(at.tm_mday);
  if (day.size() < 2) day.insert(0, "0");
  return std::string(kDays[static_cast<std::size_t>(at.tm_wday)]) + ", " + day + ' ' +
         kMonths[static_cast<std::size_t>(at.tm_mon)] + ' ' + rest.data();
}

/// A display name: quoted where it is plain, else in encoded words.
std::string name_text(std::string_view name) {
  if (!is_plain(name)) return header_text(name);
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

bool is_mailable(std::string_view address) {
  constexpr std::string_view kForbidden = " \"(),:;<>[\\]";
  return is_email(address) && std::ranges::all_of(address, [&](char c) {
           return c > ' ' && c <= '~' && kForbidden.find(c) == std::string_view::npos;
         });
}

std::optional<Sender> sender_of(std::string_view text) {
  Sender sender;
  text = http::trim(text);
  const auto open = text.rfind('<');
  if (open != std::string_view::npos && text.ends_with('>')) {
    sender.name = http::trim(text.substr(0, open));
    text = text.substr(open + 1, text.size() - open - 2);
  }
  sender.address = http::trim(text);
  if (!is_mailable(sender.address)) return std::nullopt;
  return sender;
}

std::string header_text(std::string_view text) {
  std::string clean = http::as_utf8(text);
  std::ranges::replace_if(clean, [](char c) { return http::is_control(c) || c == '\t'; }, ' ');
  if (is_plain(clean)) return clean;
  std::string out;
  for (std::string_view rest = clean; !rest.empty();) {
    const std::size_t size = word_bytes(rest);
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64(rest.substr(0, size)) + "?=";
    rest.remove_prefix(size);
  }
  return out;
}

std::string mime_of(const Message& message, const Sender& sender, std::int64_t now_ms) {
  const std::string id = hex(sha256(message.key)).substr(0, 32);
  const std::string domain = sender.address.substr(sender.address.find('@') + 1);
  const std::string boundary = "tandem-" + id;
  std::string out;
  const auto head = [&](std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append(kEnd);
  };
  head("Date", date_text(now_ms));
  head("From",
       sender.name.empty() ? sender.address : name_text(sender.name) + " <" + sender.address + '>');
  head("To", message.to);
  head("Subject", header_text(message.subject));
  head("Message-ID", '<' + id + '@' + domain + '>');
  head("MIME-Version", "1.0");
  head("Auto-Submitted", "auto-generated");
  if (!message.unsubscribe_url.empty()) {
    head("List-Unsubscribe", '<' + message.unsubscribe_url + '>');
    head("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  head("Content-Type", "multipart/alternative; boundary=\"" + boundary + '"');
  out.append(kEnd);
  for (const auto& [type, content] :
       {std::pair("text/plain", &message.text), std::pair("text/html", &message.html)}) {
    out.append("--").append(boundary).append(kEnd);
    append_part(out, type, *content);
  }
  return out.append("--").append(boundary).append("--").append(kEnd);
}

}  // namespace tandem::mail
