// SPDX-License-Identifier: Apache-2.0
#include "http/plain_page.hpp"

#include <utility>

namespace tandem::http {

PlainPage::PlainPage(std::string_view title, bool persian)
    : persian_(persian), out_("<!doctype html><html lang=\"") {
  out_ += persian ? "fa\" dir=\"rtl\"" : "en\" dir=\"ltr\"";
  out_ +=
      R"(><head><meta charset="utf-8"><meta name="viewport" )"
      R"(content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">)"
      R"(<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/pay/page.css"><title>)";
  out_.append(title).append("</title></head><body><main><h1>").append(title).append("</h1>");
}

void PlainPage::add_way_back(std::string_view shop) {
  out_.append("<p><a href=\"").append(escaped(shop)).append("\">");
  out_.append(persian_ ? "بازگشت به فروشگاه" : "Back to the shop").append("</a></p>");
}

std::string PlainPage::end() && {
  out_ += "</main></body></html>";
  return std::move(out_);
}

std::string_view plain_style() {
  return R"(:root{color-scheme:light dark;font:1.0625rem/1.5 system-ui,sans-serif}
body{margin:0;display:grid;min-block-size:100vh;place-items:center}
main{inline-size:min(24rem,100vw - 2rem);padding-block:2rem;text-align:center}
.amount{font-size:2rem;font-weight:700;margin-block:.5rem}
form{display:grid;gap:.75rem;margin-block:1.5rem}
button{font:inherit;min-block-size:3rem;border-radius:.5rem;border:1px solid;cursor:pointer}
button[value=captured]{background:#14633f;color:#fff;border-color:#14633f}
:focus-visible{outline:3px solid Highlight;outline-offset:2px}
)";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace tandem::http
