// SPDX-License-Identifier: Apache-2.0
#include "import/values.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace tandem::intake {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// The text in quotation marks, shortened on a character's boundary, for use in a sentence.
std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 40;
  std::size_t end = std::min(text.size(), kShown);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  return "\"" + std::string(text.substr(0, end)) + (end < text.size() ? "…\"" : "\"");
}

std::unexpected<std::string> refuse(std::string_view text, std::string_view why) {
  return std::unexpected(quoted(text) + std::string(why));
}

// The characters U+0080 to U+009F are controls too; they start with C2 and end below A0.
bool is_control(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x20U || byte == 0x7FU) return true;
  return byte == 0xC2U && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0U;
}

struct Decimal {
  std::string_view whole;
  std::string_view fraction;
};

Read<Decimal> split_decimal(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const Decimal decimal{text.substr(0, point),
                        point < text.size() ? text.substr(point + 1) : std::string_view{}};
  if (decimal.whole.empty() || !std::ranges::all_of(decimal.whole, is_digit) ||
      !std::ranges::all_of(decimal.fraction, is_digit) ||
      (point < text.size() && decimal.fraction.empty()))
    return refuse(text, " is not a number; write it as 1234.5, without signs or grouping.");
  return decimal;
}

// Appends digits to a number; false when it passes the maximum.
bool append_digits(std::int64_t& number, std::string_view digits, std::int64_t max) {
  for (const char digit : digits) {
    if (number > (max - (digit - '0')) / 10) return false;
    number = number * 10 + (digit - '0');
  }
  return true;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

Read<std::int64_t> read_amount(std::string_view text, int exponent) {
  if (text.starts_with('-')) return refuse(text, " is negative; an amount is zero or more.");
  if (text.find(',') != std::string_view::npos)
    return refuse(text, " holds a comma; decimals are written with a point, without grouping.");
  const auto decimal = split_decimal(text);
  if (!decimal) return std::unexpected(decimal.error());
  const auto decimals = static_cast<std::size_t>(exponent);
  const std::string_view kept = decimal->fraction.substr(0, decimals);
  const std::string_view rest = decimal->fraction.substr(kept.size());
  if (rest.find_first_not_of('0') != std::string_view::npos)
    return refuse(text, " has more than " + std::to_string(exponent) +
                            " decimals, which the currency does not have.");
  std::int64_t minor = 0;
  const std::string zeros(decimals - kept.size(), '0');
  if (!append_digits(minor, decimal->whole, kAmountMax) ||
      !append_digits(minor, kept, kAmountMax) || !append_digits(minor, zeros, kAmountMax))
    return refuse(text, " is too large an amount.");
  return minor;
}

Read<std::int64_t> read_whole_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || !std::ranges::all_of(digits, is_digit))
    return refuse(text, " is not a whole number.");
  std::int64_t number = 0;
  if (!append_digits(number, digits, kCountMax)) return refuse(text, " is too large a number.");
  return negative ? -number : number;
}

Read<std::int64_t> read_grams(std::string_view text) {
  if (text.starts_with('-')) return refuse(text, " is negative; a weight is zero or more.");
  const auto decimal = split_decimal(text);
  if (!decimal) return std::unexpected(decimal.error());
  std::int64_t grams = 0;
  if (!append_digits(grams, decimal->whole, kCountMax))
    return refuse(text, " is too large a weight.");
  const bool up = !decimal->fraction.empty() && decimal->fraction.front() >= '5';
  return up ? grams + 1 : grams;
}

Read<bool> read_yes_no(std::string_view text) {
  if (equal_ignoring_case(text, "true")) return true;
  if (equal_ignoring_case(text, "false")) return false;
  return refuse(text, " is neither TRUE nor FALSE.");
}

Read<std::string> read_line_text(std::string_view text, std::size_t bytes_max) {
  const std::string_view line = trimmed(text);
  if (line.size() > bytes_max)
    return std::unexpected("The text is longer than " + std::to_string(bytes_max) + " bytes.");
  for (std::size_t at = 0; at < line.size(); ++at)
    if (is_control(line, at))
      return std::unexpected("The text holds a line break or another control character.");
  return std::string(line);
}

Read<std::string> read_free_text(std::string_view text, std::size_t bytes_max) {
  const std::string_view body = trimmed(text);
  if (body.size() > bytes_max)
    return std::unexpected("The text is longer than " + std::to_string(bytes_max) + " bytes.");
  std::string clean;
  clean.reserve(body.size());
  for (std::size_t at = 0; at < body.size(); ++at) {
    const char c = body[at];
    if (c == '\r' && at + 1 < body.size() && body[at + 1] == '\n') continue;
    if (c == '\t') {
      clean += ' ';
      continue;
    }
    if (c != '\n' && is_control(body, at))
      return std::unexpected("The text holds a control character.");
    clean += c;
  }
  return clean;
}

Read<std::int64_t> read_instant(std::string_view text) {
  const std::string wrong = '"' + std::string(text.substr(0, 40)) +
                            "\" is no moment; write 2026-03-01 or 2026-03-01T08:30, in UTC.";
  if (text.ends_with('Z')) text.remove_suffix(1);
  constexpr std::string_view kForm = "0000-00-00T00:00";
  if (text.size() != kForm.size() && text.size() != 10) return std::unexpected(wrong);
  std::array<int, 5> parts{};
  std::size_t part = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] != '0') {
      if (text[i] != kForm[i]) return std::unexpected(wrong);
      ++part;
    } else if (is_digit(text[i])) {
      parts[part] = parts[part] * 10 + (text[i] - '0');
    } else {
      return std::unexpected(wrong);
    }
  }
  const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (!day.ok() || parts[3] > 23 || parts[4] > 59) return std::unexpected(wrong);
  const auto days = std::chrono::sys_days(day).time_since_epoch().count();
  return ((std::int64_t{days} * 24 + parts[3]) * 60 + parts[4]) * 60'000;
}

std::string slug(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool kept = is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') ||
                      static_cast<unsigned char>(c) >= 0x80U;
    if (kept)
      result += lower(c);
    else if (!result.empty() && result.back() != '-')
      result += '-';
  }
  if (result.ends_with('-')) result.pop_back();
  return result;
}

}  // namespace tandem::intake
