// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "import/values.hpp"

namespace tandem::intake {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kEntities{{
    {"amp", "&"},   {"lt", "<"},    {"gt", ">"},    {"quot", "\""},  {"apos", "'"},
    {"nbsp", " "},  {"ndash", "–"}, {"mdash", "—"}, {"hellip", "…"}, {"lsquo", "‘"},
    {"rsquo", "’"}, {"ldquo", "“"}, {"rdquo", "”"}, {"laquo", "«"},  {"raquo", "»"},
    {"euro", "€"},  {"deg", "°"},   {"times", "×"}, {"eacute", "é"}, {"zwnj", "\u200C"},
}};

// Elements that begin and end a line of their own.
constexpr std::array<std::string_view, 16> kBlocks{
    "p",  "div", "br", "li", "ul", "ol", "tr",      "table",
    "h1", "h2",  "h3", "h4", "h5", "h6", "section", "blockquote"};

void append_character(std::string& text, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x20U || (code >= 0x7FU && code < 0xA0U)) return;
  if (code > 0x10FFFFU || (code >= 0xD800U && code <= 0xDFFFU)) return;
  if (code < 0x80U) return put(code);
  if (code < 0x800U) {
    put(0xC0U | (code >> 6U));
  } else {
    if (code < 0x10000U) {
      put(0xE0U | (code >> 12U));
    } else {
      put(0xF0U | (code >> 18U));
      put(0x80U | ((code >> 12U) & 0x3FU));
    }
    put(0x80U | ((code >> 6U) & 0x3FU));
  }
  put(0x80U | (code & 0x3FU));
}

// Appends what `&#233;` or `&#xE9;` stands for, given what is between `#` and `;`.
bool append_numeric(std::string& text, std::string_view digits) {
  const bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
  if (hexadecimal) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 7) return false;
  std::uint32_t code = 0;
  for (const char c : digits) {
    std::uint32_t value = 16;
    if (c >= '0' && c <= '9') value = static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f') value = static_cast<std::uint32_t>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') value = static_cast<std::uint32_t>(c - 'A') + 10;
    if (value >= (hexadecimal ? 16U : 10U)) return false;
    code = code * (hexadecimal ? 16U : 10U) + value;
  }
  append_character(text, code);
  return true;
}

// Appends the entity that begins here and answers its length, 0 when this is a mere ampersand.
std::size_t append_entity(std::string& text, std::string_view from) {
  const std::size_t end = from.substr(0, 12).find(';');
  if (end == std::string_view::npos) return 0;
  const std::string_view name = from.substr(1, end - 1);
  if (name.starts_with('#')) return append_numeric(text, name.substr(1)) ? end + 1 : 0;
  for (const auto& [entity, meaning] : kEntities) {
    if (entity != name) continue;
    text += meaning;
    return end + 1;
  }
  return 0;
}

std::string_view element_of(std::string_view tag) {
  if (tag.starts_with('/')) tag.remove_prefix(1);
  return tag.substr(0, tag.find_first_of(" \t\n/"));
}

bool is_block(std::string_view element) {
  for (const std::string_view block : kBlocks)
    if (equal_ignoring_case(element, block)) return true;
  return false;
}

// The end of the script or style that this tag opens: what they hold is no text.
std::size_t after_element(std::string_view html, std::size_t at, std::string_view element) {
  for (at = html.find("</", at); at != std::string_view::npos; at = html.find("</", at + 2)) {
    if (!equal_ignoring_case(html.substr(at + 2, element.size()), element)) continue;
    const std::size_t end = html.find('>', at);
    return end == std::string_view::npos ? html.size() : end + 1;
  }
  return html.size();
}

// Runs of spaces become one space, runs of line breaks one line break; the ends are bare.
std::string tidied(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      while (result.ends_with(' ')) result.pop_back();
      if (!result.empty() && result.back() != '\n') result += '\n';
    } else if (c == ' ') {
      if (!result.empty() && result.back() != ' ' && result.back() != '\n') result += ' ';
    } else {
      result += c;
    }
  }
  return std::string(trimmed(result));
}

}  // namespace

std::string plain_text(std::string_view html) {
  if (html.find_first_of("<&") == std::string_view::npos) return std::string(html);
  std::string text;
  text.reserve(html.size());
  for (std::size_t at = 0; at < html.size();) {
    const char c = html[at];
    if (c == '&') {
      const std::size_t length = append_entity(text, html.substr(at));
      if (length == 0) text += c;
      at += length == 0 ? 1 : length;
      continue;
    }
    const bool tag = c == '<' && at + 1 < html.size() && html[at + 1] != ' ';
    const std::size_t end = tag ? html.find('>', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      text += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
      ++at;
      continue;
    }
    const std::string_view element = element_of(html.substr(at + 1, end - at - 1));
    const bool opens = html[at + 1] != '/';
    at = end + 1;
    if (is_block(element)) text += '\n';
    if (opens && (equal_ignoring_case(element, "script") || equal_ignoring_case(element, "style")))
      at = after_element(html, at, element);
  }
  return tidied(text);
}

}  // namespace tandem::intake
