// SPDX-License-Identifier: Apache-2.0
#include "import/values.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tandem::intake {
namespace {

TEST(ReadAmount, CountsMinorUnits) {
  EXPECT_EQ(read_amount("19.90", 2), 1990);
  EXPECT_EQ(read_amount("19.9", 2), 1990);
  EXPECT_EQ(read_amount("19", 2), 1900);
  EXPECT_EQ(read_amount("0.05", 2), 5);
  EXPECT_EQ(read_amount("1500", 0), 1500);
  EXPECT_EQ(read_amount("1.234", 3), 1234);
  EXPECT_EQ(read_amount("90071992547409.91", 2), kAmountMax);
}

TEST(ReadAmount, AcceptsFurtherDecimalsThatAreZero) {
  EXPECT_EQ(read_amount("19.9000", 2), 1990);
  EXPECT_EQ(read_amount("1500.00", 0), 1500);
}

TEST(ReadAmount, RejectsWithAReason) {
  EXPECT_NE(read_amount("19.905", 2).error().find("more than 2 decimals"), std::string::npos);
  EXPECT_NE(read_amount("1500.5", 0).error().find("more than 0 decimals"), std::string::npos);
  EXPECT_NE(read_amount("-1", 2).error().find("negative"), std::string::npos);
  EXPECT_NE(read_amount("19,90", 2).error().find("comma"), std::string::npos);
  EXPECT_NE(read_amount("90071992547409.92", 2).error().find("too large"), std::string::npos);
  EXPECT_NE(read_amount("99999999999999999999999", 2).error().find("too large"), std::string::npos);
  for (const char* text : {"", ".", "1.", ".5", "1e3", "€5", "5 €", "+1", "1.2.3", "abc", "۵"})
    EXPECT_FALSE(read_amount(text, 2)) << text;
}

TEST(ReadAmount, ShortensLongTextsInItsSentence) {
  EXPECT_LT(read_amount(std::string(10'000, 'x'), 2).error().size(), 200U);
}

TEST(ReadWholeNumber, ReadsAndRejects) {
  EXPECT_EQ(read_whole_number("12"), 12);
  EXPECT_EQ(read_whole_number("-3"), -3);
  EXPECT_EQ(read_whole_number("1000000000"), kCountMax);
  for (const char* text : {"", "-", "1.5", "12.0", "1,000", "ten", "1000000001", "--1"})
    EXPECT_FALSE(read_whole_number(text)) << text;
}

TEST(ReadGrams, RoundsToWholeGrams) {
  EXPECT_EQ(read_grams("453.59237"), 454);
  EXPECT_EQ(read_grams("200.0"), 200);
  EXPECT_EQ(read_grams("0.49"), 0);
  EXPECT_FALSE(read_grams("-1"));
  EXPECT_FALSE(read_grams("2kg"));
}

TEST(ReadYesNo, KnowsTwoWords) {
  EXPECT_EQ(read_yes_no("TRUE"), true);
  EXPECT_EQ(read_yes_no("false"), false);
  EXPECT_FALSE(read_yes_no("yes"));
  EXPECT_FALSE(read_yes_no("1"));
}

TEST(ReadText, RejectsControlCharacters) {
  EXPECT_EQ(read_line_text("  Tea\t", 10), "Tea");
  EXPECT_FALSE(read_line_text("a\nb", 10));
  EXPECT_FALSE(read_line_text("a\x1B[31mb", 10));
  EXPECT_FALSE(read_line_text("a\xC2\x85 b", 10));
  EXPECT_FALSE(read_line_text("0123456789A", 10));
  EXPECT_EQ(read_line_text("نیم\u200Cفاصله", 40), "نیم\u200Cفاصله");
  EXPECT_EQ(read_free_text("a\r\nb\tc", 10), "a\nb c");
  EXPECT_FALSE(read_free_text("a\rb", 10));
  EXPECT_FALSE(read_free_text("a\x07", 10));
}

TEST(PlainText, DropsTagsAndKeepsLines) {
  EXPECT_EQ(plain_text("just text, two\nlines"), "just text, two\nlines");
  EXPECT_EQ(plain_text("<p>Green <b>tea</b>.</p>\n<p>Steep  twice.</p>"),
            "Green tea.\nSteep twice.");
  EXPECT_EQ(plain_text("one<br/>two<ul><li>three</li></ul>"), "one\ntwo\nthree");
  EXPECT_EQ(plain_text("<a href=\"x\">link</a>"), "link");
}

TEST(PlainText, DropsScriptsAndStylesWithWhatTheyHold) {
  EXPECT_EQ(plain_text("a<script>if (1 < 2) alert('x')</script>b"), "ab");
  EXPECT_EQ(plain_text("<STYLE>p > a {}</STYLE>c"), "c");
  EXPECT_EQ(plain_text("d<script>never closed"), "d");
}

TEST(PlainText, ReadsEntities) {
  EXPECT_EQ(plain_text("Salt &amp; Pepper &#233;&#xE9; &ndash; 5 &euro;"),
            "Salt & Pepper éé – 5 €");
  EXPECT_EQ(plain_text("a & b &unknown; &#0;&#x110000;&#xD800;c"), "a & b &unknown; c");
  EXPECT_EQ(plain_text("3 < 4 & 5 > 4"), "3 < 4 & 5 > 4");
}

TEST(Slug, KeepsLettersAndDigits) {
  EXPECT_EQ(slug("Large / Sea Green "), "large-sea-green");
  EXPECT_EQ(slug("100 g"), "100-g");
  EXPECT_EQ(slug("سبز"), "سبز");
  EXPECT_EQ(slug("+"), "");
}

TEST(Instant, IsADayOrAMinuteInUtc) {
  EXPECT_EQ(read_instant("1970-01-01"), 0);
  EXPECT_EQ(read_instant("2026-01-01"), 1'767'225'600'000);
  EXPECT_EQ(read_instant("2026-01-01T08:30Z"), 1'767'225'600'000 + 510 * 60'000);
  EXPECT_EQ(read_instant("2028-02-29"), 1'835'395'200'000);
  for (const char* text : {"", "2026", "2026-02-29", "2026-01-01T24:00", "2026-01-01T08:60",
                           "2026/01/01", "2026-1-1", "2026-01-01 08:30", "20x6-01-01"}) {
    EXPECT_FALSE(read_instant(text)) << text;
  }
}

}  // namespace
}  // namespace tandem::intake
