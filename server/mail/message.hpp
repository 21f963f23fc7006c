// SPDX-License-Identifier: Apache-2.0
#pragma once
// A mail as a value, and as the bytes that go over the wire (RFC 5322, MIME): a text and an HTML
// part, both in base64, so that no content can pass for a header and no line is too long.
//
//   const std::string bytes = mime_of(message, *sender_of("Shop <shop@shop.example>"), now_ms);

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tandem::mail {

struct Message {
  std::string to{};
  std::string subject{};
  std::string text{};
  std::string html{};
  std::string key{};  // the same mail sent again has the same: it becomes the Message-ID
  std::string unsubscribe_url{};  // empty: not a mail that one subscribes to
};

struct Sender {
  std::string name{};  // empty: none
  std::string address{};
};

/// "shop@shop.example" or "Shop <shop@shop.example>"; nothing when the address is not one.
[[nodiscard]] std::optional<Sender> sender_of(std::string_view text);

/// An address of plain ASCII that needs no quoting: one that cannot become anything else in a head
/// or in a command of SMTP.
[[nodiscard]] bool is_mailable(std::string_view address);

/// The text as a header's value: as it is, or as encoded words (RFC 2047). Control characters
/// become spaces.
[[nodiscard]] std::string header_text(std::string_view text);

/// The whole mail with CRLF line ends. Both addresses are mailable.
[[nodiscard]] std::string mime_of(const Message& message, const Sender& sender,
                                  std::int64_t now_ms);

}  // namespace tandem::mail
