// SPDX-License-Identifier: Apache-2.0
#pragma once
// The small pages that the server writes itself: a title, some HTML, one style, no scripts.
// English, or Persian from right to left.
//
//   PlainPage page("Sign in", false);
//   page.add("<p>…</p>");
//   return std::move(page).end();

#include <string>
#include <string_view>

namespace tandem::http {

class PlainPage {
 public:
  PlainPage(std::string_view title, bool persian);

  /// HTML as it is.
  void add(std::string_view html) { out_ += html; }
  /// A link back to the shop at this address.
  void add_way_back(std::string_view shop);
  [[nodiscard]] std::string end() &&;

 private:
  const bool persian_;
  std::string out_;
};

/// The style of all these pages, `/pay/page.css`: a resource of its own because the policy forbids
/// inline styles.
[[nodiscard]] std::string_view plain_style();

/// A text that comes from outside, for HTML and its attributes.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace tandem::http
